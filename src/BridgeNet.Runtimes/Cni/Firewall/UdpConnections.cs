using System.Net;
using System.Net.Sockets;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>
/// Ends UDP connections that no longer fit the published ports. A connection's translation is settled by its first packet, so a client that keeps its
/// socket would still reach its former peer. Without conntrack's netlink in the kernel, it does until the connection times out.
/// </summary>
/// <param name="netfilter">Of the host.</param>
/// <param name="route">Gives a socket of the host, if it is needed.</param>
internal sealed class UdpConnections(NetfilterSocket netfilter, Func<RouteSocket> route)
{
    private readonly Lazy<HashSet<IPAddress>> _hostAddresses = new(() => [.. route().ListAddresses().Select(address => address.Address.Address)]);

    /// <summary>
    /// After ports came: ends connections to them that lead elsewhere. The same port of other machines does not count, because publishing port 53
    /// must not end what the host and its containers ask elsewhere.
    /// </summary>
    public void EndStrays(PortMapRequest request) => ForEach(request, (mapping, container) =>
    {
        foreach (ConntrackEntry entry in netfilter.ListConntrack(ToPort(mapping, container)))
        {
            bool isOwn = entry.Reply.SourcePort == mapping.ContainerPort && entry.Reply.Source.Equals(container.Address);
            if (!isOwn && IsHosts(entry.Original.Destination))
            {
                _ = netfilter.DeleteConntrack(entry);
            }
        }
    });

    /// <summary>After ports went: ends connections by them to the container.</summary>
    public void EndOwn(PortMapRequest request) => ForEach(request, (mapping, container) => netfilter.DeleteConntrack(ToPort(mapping, container) with
    {
        Reply = new ConntrackTupleFilter { Source = container.Address, Protocol = ProtocolType.Udp, SourcePort = mapping.ContainerPort },
    }));

    private static void ForEach(PortMapRequest request, Action<PortMapping, InterfaceAddress> end)
    {
        foreach (PortMapping mapping in request.Mappings.Where(mapping => mapping.Protocol is ProtocolType.Udp))
        {
            foreach (InterfaceAddress container in request.Containers.Where(container => mapping.IsOf(container.Address.AddressFamily)))
            {
                try
                {
                    end(mapping, container);
                }
                catch (NetlinkException)
                {
                    // the ports are right all the same
                }
            }
        }
    }

    private static ConntrackFilter ToPort(PortMapping mapping, InterfaceAddress container) => new()
    {
        Family = container.IsIPv6 ? NftFamily.IPv6 : NftFamily.IPv4,
        Original = new ConntrackTupleFilter
        {
            Destination = mapping.IsWildcard ? null : mapping.HostAddress,
            Protocol = ProtocolType.Udp,
            DestinationPort = mapping.HostPort,
        },
    };

    private bool IsHosts(IPAddress address) => IPAddress.IsLoopback(address) || _hostAddresses.Value.Contains(address);
}
