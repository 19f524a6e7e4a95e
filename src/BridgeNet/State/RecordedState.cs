namespace BridgeNet.State;

/// <summary>All records, read at one moment.</summary>
/// <param name="Networks">The networks.</param>
/// <param name="Endpoints">The endpoints of these networks.</param>
/// <param name="Damages">Errors of unreadable records, a line each.</param>
internal sealed record RecordedState(
    IReadOnlyList<(NetworkState State, RecordPhase Phase)> Networks,
    IReadOnlyList<(EndpointState State, RecordPhase Phase)> Endpoints,
    IReadOnlyList<string> Damages)
{
    /// <summary>Reads all records.</summary>
    public static RecordedState Read(StateDirectory state)
    {
        List<string> damages = [];
        (NetworkState State, RecordPhase Phase)[] networks = [.. state.Networks.All(damages)];
        HashSet<string> names = new(networks.Select(network => network.State.Name), StringComparer.Ordinal);
        (EndpointState State, RecordPhase Phase)[] endpoints =
            [.. state.Endpoints.All(damages).Where(endpoint => names.Contains(endpoint.Record.Network))];
        return new RecordedState(networks, endpoints, damages);
    }

    /// <summary>The networks of a phase, by name.</summary>
    public Dictionary<string, NetworkState> NetworksIn(RecordPhase phase) => Networks
        .Where(network => network.Phase == phase)
        .ToDictionary(network => network.State.Name, network => network.State, StringComparer.Ordinal);

    /// <summary>The endpoints of a phase.</summary>
    public IEnumerable<EndpointState> EndpointsIn(RecordPhase phase) => Endpoints
        .Where(endpoint => endpoint.Phase == phase)
        .Select(endpoint => endpoint.State);
}
