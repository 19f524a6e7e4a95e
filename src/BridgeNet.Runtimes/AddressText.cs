using System.Globalization;
using System.Net;
using System.Net.Sockets;

using BridgeNet.Netlink;

namespace BridgeNet.Runtimes;

/// <summary>
/// Addresses and networks as people write them. .NET's own parsers read <c>10.1</c> as 10.0.0.1, <c>010.0.0.1</c> as 8.0.0.1 and
/// <c>[::1]:80</c> as ::1, and clear host bits silently. Such texts are refused here, because their writer meant something else.
/// </summary>
public static class AddressText
{
    /// <summary>An IPv4 address in four decimal numbers.</summary>
    /// <exception cref="FormatException">Not such a text.</exception>
    public static IPAddress ParseIPv4(string text) =>
        PlainAddress.Find(text) is { AddressFamily: AddressFamily.InterNetwork } address
            ? address
            : throw new FormatException($"'{text}' is not an IPv4 address: write four numbers, as 172.17.0.2");

    /// <summary>An IPv6 address without brackets and zone, and not one that stands for an IPv4 address.</summary>
    /// <exception cref="FormatException">Not such a text.</exception>
    public static IPAddress ParseIPv6(string text) =>
        PlainAddress.Find(text) is { AddressFamily: AddressFamily.InterNetworkV6 } address
            ? address
            : throw new FormatException($"'{text}' is not an IPv6 address: write it without brackets, as fd00:1::2");

    /// <summary>An address of either family.</summary>
    /// <exception cref="FormatException">Not such a text.</exception>
    public static IPAddress ParseAddress(string text) =>
        PlainAddress.Find(text) ?? throw new FormatException($"'{text}' is not an address: write 172.17.0.2 or fd00:1::2");

    /// <summary>A network of either family, as 172.17.0.0/16 or fd00:1::/64.</summary>
    /// <exception cref="FormatException">Not such a text, or host bits are set; the message says which.</exception>
    public static IPNetwork ParseNetwork(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (FindWithPrefix(text) is not { } found)
        {
            throw new FormatException($"'{text}' is not a network: write its first address and its prefix, as 172.17.0.0/16 or fd00:1::/64");
        }
        IPNetwork network = found.Subnet;
        return network.BaseAddress.Equals(found.Address)
            ? network
            : throw new FormatException($"'{text}' is an address in the network {network}: write {network}");
    }

    /// <summary>An address of either family with the prefix of its network, as 169.254.3.4/16.</summary>
    /// <exception cref="FormatException">Not such a text.</exception>
    public static InterfaceAddress ParseInterfaceAddress(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return FindWithPrefix(text)
            ?? throw new FormatException($"'{text}' is not an address with a prefix: write 169.254.3.4/16 or fe80::3:4/64");
    }

    private static InterfaceAddress? FindWithPrefix(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash >= 0
            && PlainAddress.Find(text[..slash]) is { } address
            && int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int length)
            && length <= (address.AddressFamily is AddressFamily.InterNetwork ? 32 : 128)
                ? new InterfaceAddress(address, length)
                : null;
    }
}
