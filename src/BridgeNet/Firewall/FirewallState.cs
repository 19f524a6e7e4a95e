using BridgeNet.State;

namespace BridgeNet.Firewall;

/// <summary>All that the tables are to hold beside their constant rules.</summary>
/// <param name="Networks">The networks.</param>
/// <param name="Endpoints">The endpoints.</param>
internal sealed record FirewallState(IReadOnlyCollection<NetworkDefinition> Networks, IReadOnlyCollection<EndpointState> Endpoints)
{
    /// <summary>Nothing.</summary>
    public static FirewallState Empty { get; } = new([], []);

    /// <summary>Whether there is no network.</summary>
    public bool IsEmpty => Networks.Count == 0;

    /// <summary>The records of a phase.</summary>
    public static FirewallState Of(RecordedState records, RecordPhase phase) => new(
        [.. records.NetworksIn(phase).Values.Select(network => network.Definition)],
        [.. records.EndpointsIn(phase)]);

    /// <summary>This and another.</summary>
    public FirewallState With(FirewallState other) => new([.. Networks, .. other.Networks], [.. Endpoints, .. other.Endpoints]);

    /// <summary>All of it as elements, each once.</summary>
    public IEnumerable<TableElement> Elements() => AllElements().DistinctBy(element => element.Identity);

    /// <summary>All of it as elements. Those that several share, such as the claim on a port at two addresses, come several times.</summary>
    public IEnumerable<TableElement> AllElements() => Networks.SelectMany(NetworkElements.Of)
        .Concat(Endpoints.SelectMany(EndpointElements.Of))
        .Concat(Endpoints.SelectMany(endpoint => endpoint.CertainPorts.SelectMany(port => PortElements.Of(endpoint, port))));
}
