using System.Net;
using System.Net.Sockets;

namespace BridgeNet.Core.Addressing;

/// <summary>An address in its plain form: four decimal numbers, or IPv6 without brackets and zone that does not stand for an IPv4 address.</summary>
internal static class PlainAddress
{
    /// <summary>The address; null if the text is another form, or no address.</summary>
    public static IPAddress? Find(string text) =>
        IPAddress.TryParse(text, out IPAddress? address)
        && (address.AddressFamily is AddressFamily.InterNetwork
            ? string.Equals(address.ToString(), text, StringComparison.Ordinal)
            : !address.IsIPv4MappedToIPv6 && text.All(c => char.IsAsciiHexDigit(c) || c is ':' or '.'))
            ? address
            : null;
}
