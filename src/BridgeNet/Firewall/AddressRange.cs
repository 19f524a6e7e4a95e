using System.Net;

namespace BridgeNet.Firewall;

/// <summary>Where a subnet ends, for sets of ranges.</summary>
internal static class AddressRange
{
    /// <summary>The last address of a subnet of either family.</summary>
    public static IPAddress LastOf(IPNetwork subnet)
    {
        Span<byte> bytes = stackalloc byte[16];
        subnet.BaseAddress.TryWriteBytes(bytes, out int length);
        for (int bit = subnet.PrefixLength; bit < length * 8; bit++)
        {
            bytes[bit / 8] |= (byte)(0x80 >> (bit % 8));
        }
        return new IPAddress(bytes[..length]);
    }
}
