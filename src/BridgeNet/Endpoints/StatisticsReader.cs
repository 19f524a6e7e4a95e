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
    public static EndpointStatistics Read(HostLane lane, EndpointState endpoint)
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
            Ports = ValueList.From(endpoint.Ports.SelectMany(port => Read(lane.Netfilter, endpoint, port))),
        };
    }

    /// <summary>Nothing of a port of a family in which the endpoint has no address.</summary>
    private static IEnumerable<PortStatistics> Read(NetfilterSocket netfilter, EndpointState endpoint, PublishedPort port)
    {
        if (endpoint.AddressOf(port.Family)?.Address is not { } container)
        {
            yield break;
        }
        ulong connections = 0;
        foreach (TableElement door in PortElements.Targets(endpoint, port))
        {
            connections += netfilter.TryGetElement(door.Table, door.Set, door.Element.Key)?.Counter?.Packets ?? 0;
        }
        (string set, NftValue key) = PortElements.TrafficOf(container, port);
        NftElement? traffic = netfilter.TryGetElement(FirewallLayout.Table, set, key);
        yield return new PortStatistics(port, connections, traffic?.Counter?.Packets ?? 0, traffic?.Counter?.Bytes ?? 0);
    }
}
