using BridgeNet.Firewall;
using BridgeNet.Host;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;
using BridgeNet.Netlink.Route;
using BridgeNet.State;

namespace BridgeNet.Endpoints;

/// <summary>
/// Reads an endpoint's counters: those of the host's end of its veth, with the directions exchanged, and those of the tables' elements.
/// </summary>
internal static class StatisticsReader
{
    /// <summary>Reads an endpoint's counters.</summary>
    /// <exception cref="NetlinkException">ENODEV: its link is gone.</exception>
    public static EndpointStatistics Read(HostLane lane, NetworkDefinition network, EndpointState endpoint)
    {
        LinkStatistics link = lane.Route.GetLink(LinkSelector.ByName(endpoint.HostInterface)).Statistics;
        return new EndpointStatistics
        {
            ReceivedBytes = link.TxBytes,
            ReceivedPackets = link.TxPackets,
            ReceivedDropped = link.TxDropped,
            SentBytes = link.RxBytes,
            SentPackets = link.RxPackets,
            SentDropped = link.RxDropped,
            Ports = ValueList.From(Publication.Of(endpoint, network, endpoint.Ports).Select(port => Read(lane.Netfilter, port))),
        };
    }

    private static PortStatistics Read(NetfilterSocket netfilter, Publication publication)
    {
        PublishedPort port = publication.Port;
        ulong connections = 0;
        foreach (TableElement door in publication.IsRouted ? [] : PublicationElements.Targets(publication))
        {
            connections += netfilter.TryGetElement(door.Table, door.Set, door.Element.Key)?.Counter?.Packets ?? 0;
        }
        (string set, NftValue key) = PublicationElements.TrafficOf(publication);
        NftElement? traffic = netfilter.TryGetElement(FirewallLayout.Table, set, key);
        return new PortStatistics(port, connections, traffic?.Counter?.Packets ?? 0, traffic?.Counter?.Bytes ?? 0);
    }
}
