using System.Net;

namespace BridgeNet.Runtimes;

/// <summary>Static routes, as <c>10.9.0.0/16,172.17.0.5</c>.</summary>
internal static class RouteText
{
    /// <summary>From <c>DEST</c> (reached directly on the link) or <c>DEST,VIA</c>.</summary>
    /// <exception cref="FormatException">Not such a text, or the two are of different families.</exception>
    public static StaticRoute Parse(string text)
    {
        int comma = text.IndexOf(',', StringComparison.Ordinal);
        return comma < 0 ? Parse(text, hop: null) : Parse(text[..comma], text[(comma + 1)..]);
    }

    /// <summary>From a destination and a next hop.</summary>
    /// <param name="destination">The network that is reached.</param>
    /// <param name="hop">By whom; null if directly on the link.</param>
    /// <exception cref="FormatException">Not such texts, or the two are of different families.</exception>
    public static StaticRoute Parse(string destination, string? hop)
    {
        IPNetwork network = AddressText.ParseNetwork(destination);
        IPAddress? next = hop is null ? null : AddressText.ParseAddress(hop);
        return next is null || next.AddressFamily == network.BaseAddress.AddressFamily
            ? new StaticRoute(network, next)
            : throw new FormatException($"'{destination},{hop}' has a destination and a next hop of different families");
    }
}
