using System.Net;

namespace BridgeNet.Ports;

/// <summary>IPv4 before IPv6, then by number, as Docker sorts host addresses.</summary>
internal sealed class HostAddressOrder : IComparer<IPAddress>
{
    private const int LongestAddress = 16;

    private HostAddressOrder()
    {
    }

    public static HostAddressOrder Instance { get; } = new();

    public int Compare(IPAddress? x, IPAddress? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        Span<byte> first = stackalloc byte[LongestAddress];
        Span<byte> second = stackalloc byte[LongestAddress];
        _ = x.TryWriteBytes(first, out int firstLength);
        _ = y.TryWriteBytes(second, out int secondLength);
        return firstLength == secondLength
            ? first[..firstLength].SequenceCompareTo(second[..secondLength])
            : firstLength.CompareTo(secondLength);
    }
}
