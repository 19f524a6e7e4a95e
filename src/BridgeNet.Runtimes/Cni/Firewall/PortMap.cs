using System.Net.Sockets;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>Publishes ports of containers, in any of the layouts. Removal looks in all.</summary>
internal sealed class PortMap(NetfilterSocket netfilter)
{
    /// <summary>Publishes a container's ports; what it had published of this network before is replaced.</summary>
    /// <param name="owner">Whose they are.</param>
    /// <param name="request">The ports.</param>
    /// <param name="layout">In which layout.</param>
    /// <param name="isFirst">Whether it has nothing as far as is known.</param>
    /// <exception cref="CniException">999: a port is another container's.</exception>
    public void Add(CniOwner owner, PortMapRequest request, ICniLayout layout, bool isFirst)
    {
        layout.AddPorts(netfilter, owner, request, isFirst);
        EndConnections(request);
    }

    /// <summary>Takes a container's ports of a network away; content if they are gone.</summary>
    /// <param name="owner">Whose they are.</param>
    /// <param name="request">What they were, if that is known: connections that used them end.</param>
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

    /// <summary>Whether any container has ports, in whichever layout, or what guards localhost is there for another reason.</summary>
    public bool AreAny() => CniLayouts.All.Any(layout => layout.AreAnyPorts(netfilter));

    /// <summary>Takes away what is of a network and of no valid attachment.</summary>
    public void RemoveAllBut(string network, IReadOnlyCollection<CniOwner> valid)
    {
        foreach (ICniLayout layout in CniLayouts.All)
        {
            layout.RemovePortsAllBut(netfilter, network, valid);
        }
    }

    /// <summary>Whether all ports are published, in whichever layout.</summary>
    public bool IsThere(CniOwner owner, PortMapRequest request) => CniLayouts.All.Any(layout => layout.HasPorts(netfilter, owner, request));

    /// <summary>
    /// A UDP client that keeps its socket would go on to whom it spoke with before: its connection's translation is settled by its first packet.
    /// A kernel without conntrack's netlink lets it time out.
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
                    // the ports are as they shall be all the same
                }
            }
        }
    }
}
