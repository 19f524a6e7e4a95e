using BridgeNet.Firewall;
using BridgeNet.Host;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;
using BridgeNet.Netlink.Route;
using BridgeNet.State;

namespace BridgeNet.Endpoints;

/// <summary>Reads an endpoint's counters: its link's, which the host sees the other way round, and those of the tables' elements.</summary>
internal static class StatisticsReader
{
    /// <summary>The counters of an endpoint.</summary>
    /// <exception cref="NetlinkException">ENODEV: its link is gone.</exception>
    public static EndpointStatistics Read(HostLane lane, NetworkRecord network, EndpointRecord record)
    {
        LinkStatistics link = lane.Route.GetLink(LinkSelector.ByName(InterfaceName.Parse(record.HostInterface))).Statistics;
        return new EndpointStatistics
        {
            ReceivedBytes = link.TxBytes,
            ReceivedPackets = link.TxPackets,
            ReceivedDropped = link.TxDropped,
            SentBytes = link.RxBytes,
            SentPackets = link.RxPackets,
            SentDropped = link.RxDropped,
            Ports = ValueList.From(record.ToPublications(network, record.Ports.Select(EndpointMapping.ToPort)).Select(port => Read(lane.Netfilter, port))),
        };
    }

    private static PortStatistics Read(NetfilterSocket netfilter, Publication publication)
    {
        PublishedPort port = publication.Port;
        NftElement? door = publication.IsRouted
            ? null
            : netfilter.TryGetElement(FirewallLayout.Table, PublicationElements.MapOf(port), PublicationElements.Key(port));
        NftElement? traffic = netfilter.TryGetElement(
            FirewallLayout.Table, FamilySets.Of(publication.Container).Traffic, PublicationElements.InsideOf(publication));
        return new PortStatistics(port, door?.Counter?.Packets ?? 0, traffic?.Counter?.Packets ?? 0, traffic?.Counter?.Bytes ?? 0);
    }
}
