using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace BridgeNet.Ports;

/// <summary>An address of the host before a port: in numbers, with brackets around IPv6.</summary>
internal static class HostAddressText
{
    /// <summary>Reads it; 127.1 and 010.0.0.1 mean different things to different programs, and are refused.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out IPAddress? address)
    {
        bool isBracketed = text is ['[', _, .., ']'];
        ReadOnlySpan<char> plain = isBracketed ? text[1..^1] : text;
        return IPAddress.TryParse(plain, out address)
            && (address.AddressFamily is AddressFamily.InterNetworkV6) == isBracketed
            && !plain.ContainsAny('[', '%')
            && (isBracketed || plain.SequenceEqual(address.ToString()));
    }
}
