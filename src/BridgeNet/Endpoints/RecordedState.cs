using BridgeNet.Firewall;
using BridgeNet.Netlink;
using BridgeNet.State;

namespace BridgeNet.Endpoints;

/// <summary>All records as they stood at one moment.</summary>
/// <param name="Networks">The networks.</param>
/// <param name="Endpoints">The endpoints of these.</param>
/// <param name="Damages">What is wrong with records that cannot be read, a line each.</param>
internal sealed record RecordedState(
    IReadOnlyList<(NetworkRecord Record, RecordPhase Phase)> Networks,
    IReadOnlyList<(EndpointRecord Record, RecordPhase Phase)> Endpoints,
    IReadOnlyList<string> Damages)
{
    /// <summary>Reads them.</summary>
    public static RecordedState Read(StateDirectory state)
    {
        List<string> damages = [];
        (NetworkRecord Record, RecordPhase Phase)[] networks = [.. state.Networks.All(damages)];
        HashSet<string> names = new(networks.Select(network => network.Record.Name), StringComparer.Ordinal);
        (EndpointRecord Record, RecordPhase Phase)[] endpoints = [.. state.Endpoints.All(damages).Where(endpoint => names.Contains(endpoint.Record.Network))];
        return new RecordedState(networks, endpoints, damages);
    }

    /// <summary>What the packet rules are to hold.</summary>
    public FirewallMemory ToMemory()
    {
        Dictionary<string, NetworkRecord> byName = Networks.ToDictionary(network => network.Record.Name, network => network.Record, StringComparer.Ordinal);
        return new FirewallMemory(Of(RecordPhase.Done), Of(RecordPhase.Intent), Of(RecordPhase.Removing), Damages);

        FirewallState Of(RecordPhase phase)
        {
            EndpointRecord[] members = [.. Endpoints.Where(endpoint => endpoint.Phase == phase).Select(endpoint => endpoint.Record)];
            return new FirewallState
            {
                Networks = ValueList.From(Networks.Where(network => network.Phase == phase).Select(network => network.Record.ToProtected())),
                Endpoints = ValueList.From(members.SelectMany(endpoint => endpoint.ToProtected())),
                Publications = ValueList.From(members.SelectMany(
                    endpoint => endpoint.ToPublications(byName[endpoint.Network], endpoint.Ports.Select(EndpointMapping.ToPort)))),
            };
        }
    }
}
