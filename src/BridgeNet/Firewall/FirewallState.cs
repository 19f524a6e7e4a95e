using BridgeNet.Netlink;

namespace BridgeNet.Firewall;

/// <summary>All that the tables are to hold beside their constant rules.</summary>
internal sealed record FirewallState
{
    /// <summary>Nothing.</summary>
    public static FirewallState Empty { get; } = new();

    /// <summary>The networks.</summary>
    public ValueList<ProtectedNetwork> Networks { get; init; }

    /// <summary>The endpoints that are watched.</summary>
    public ValueList<ProtectedEndpoint> Endpoints { get; init; }

    /// <summary>The published ports.</summary>
    public ValueList<Publication> Publications { get; init; }

    /// <summary>This and another.</summary>
    public FirewallState With(FirewallState other) => new()
    {
        Networks = [.. Networks, .. other.Networks],
        Endpoints = [.. Endpoints, .. other.Endpoints],
        Publications = [.. Publications, .. other.Publications],
    };

    /// <summary>All of it as elements, each once.</summary>
    public IEnumerable<TableElement> Elements() => AllElements().DistinctBy(element => element.Identity);

    /// <summary>All of it as elements. Those that several share, such as the claim on a port at two addresses, come several times.</summary>
    public IEnumerable<TableElement> AllElements() => Networks.SelectMany(NetworkElements.Of)
        .Concat(Endpoints.SelectMany(EndpointElements.Of))
        .Concat(Publications.SelectMany(PublicationElements.Of));
}
