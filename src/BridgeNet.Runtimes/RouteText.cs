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
        if (comma < 0)
        {
            return new StaticRoute(AddressText.ParseNetwork(text), NextHop: null);
        }
        IPNetwork destination = AddressText.ParseNetwork(text[..comma]);
        IPAddress hop = AddressText.ParseAddress(text[(comma + 1)..]);
        return hop.AddressFamily == destination.BaseAddress.AddressFamily
            ? new StaticRoute(destination, hop)
            : throw new FormatException($"'{text}' has a destination and a next hop of different families");
    }
}
