using System.Globalization;
using System.Net;
using System.Net.Sockets;

using BridgeNet.Netlink;

namespace BridgeNet.Cli.Values;

/// <summary>
/// IPv4 addresses and networks as people write them. .NET's own parsers read <c>10.1</c> as 10.0.0.1, <c>010.0.0.1</c> as 8.0.0.1,
/// and clear host bits without a word: whoever wrote that meant something else, so it is refused here.
/// </summary>
internal static class AddressText
{
    /// <summary>An IPv4 address in four decimal numbers.</summary>
    /// <exception cref="FormatException">Not such a text.</exception>
    public static IPAddress ParseAddress(string text) =>
        IPAddress.TryParse(text, out IPAddress? address)
        && address.AddressFamily is AddressFamily.InterNetwork
        && string.Equals(address.ToString(), text, StringComparison.Ordinal)
            ? address
            : throw new FormatException($"'{text}' is not an IPv4 address: write four numbers, as 172.17.0.2");

    /// <summary>An IPv4 network, as 172.17.0.0/16.</summary>
    /// <exception cref="FormatException">Not such a text, or an address in a network rather than the network.</exception>
    public static IPNetwork ParseNetwork(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int length) || length > 32)
        {
            throw new FormatException($"'{text}' is not a network: write an IPv4 network and its prefix of 0 to 32 bits, as 172.17.0.0/16");
        }
        IPAddress address = ParseAddress(text[..slash]);
        IPNetwork network = new InterfaceAddress(address, length).Subnet;
        return network.BaseAddress.Equals(address)
            ? network
            : throw new FormatException($"'{text}' is an address in the network {network}: write {network}");
    }
}
