using System.Net.Sockets;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>Publishes containers' ports, in any layout. Removals look in all layouts.</summary>
internal sealed class PortMap(NetfilterSocket netfilter)
{
    /// <summary>Publishes a container's ports, in place of those that it published for this network before.</summary>
    /// <param name="owner">The ports' owner.</param>
    /// <param name="request">The ports.</param>
    /// <param name="layout">The layout to write.</param>
    /// <param name="isFirst">Whether the container has no ports yet, as far as the caller knows.</param>
    /// <exception cref="CniException">999: another container has a port.</exception>
    public void Add(CniOwner owner, PortMapRequest request, ICniLayout layout, bool isFirst)
    {
        layout.AddPorts(netfilter, owner, request, isFirst);
        EndConnections(request);
    }

    /// <summary>Unpublishes a container's ports of a network; does nothing if there are none.</summary>
    /// <param name="owner">The ports' owner.</param>
    /// <param name="request">The ports, if known: then their connections end.</param>
    public void Remove(CniOwner owner, PortMapRequest? request)
    {
        foreach (ICniLayout layout in CniLayouts.All)
        {
            layout.RemovePorts(netfilter, owner);
        }
        if (request is not null)
        {
            EndConnections(request);
        }
    }

    /// <summary>Whether any container has ports, in any layout, or the guard of localhost exists for another reason.</summary>
    public bool AreAny() => CniLayouts.All.Any(layout => layout.AreAnyPorts(netfilter));

    /// <summary>Removes what belongs to a network but to no valid attachment.</summary>
    public void RemoveAllBut(string network, IReadOnlyCollection<CniOwner> valid)
    {
        foreach (ICniLayout layout in CniLayouts.All)
        {
            layout.RemovePortsAllBut(netfilter, network, valid);
        }
    }

    /// <summary>Whether all ports are published, in any layout.</summary>
    public bool IsThere(CniOwner owner, PortMapRequest request) => CniLayouts.All.Any(layout => layout.HasPorts(netfilter, owner, request));

    /// <summary>
    /// Ends stale UDP connections. A connection's translation is settled by its first packet, so a client that keeps its socket would still reach its
    /// former peer. Without conntrack's netlink in the kernel, it does until the connection times out.
    /// </summary>
    private void EndConnections(PortMapRequest request)
    {
        foreach (PortMapping mapping in request.Mappings.Where(mapping => mapping.Protocol is ProtocolType.Udp))
        {
            foreach (InterfaceAddress container in request.Containers.Where(container => mapping.IsOf(container.Address.AddressFamily)))
            {
                try
                {
                    netfilter.DeleteConntrack(new ConntrackFilter
                    {
                        Family = container.IsIPv6 ? NftFamily.IPv6 : NftFamily.IPv4,
                        Original = new ConntrackTupleFilter
                        {
                            Destination = mapping.IsWildcard ? null : mapping.HostAddress,
                            Protocol = ProtocolType.Udp,
                            DestinationPort = mapping.HostPort,
                        },
                    });
                }
                catch (NetlinkException)
                {
                    // the ports are right all the same
                }
            }
        }
    }
}
