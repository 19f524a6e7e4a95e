using System.Net.Sockets;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>Publishes ports of containers, in either of two layouts. Removal looks in both.</summary>
internal sealed class PortMap(NetfilterSocket netfilter)
{
    /// <summary>Publishes a container's ports; what it had published of this network before is replaced.</summary>
    /// <param name="owner">Whose they are.</param>
    /// <param name="request">The ports.</param>
    /// <param name="backend">nftables for maps of our own; else the reference's layout.</param>
    /// <param name="isFirst">Whether it has nothing as far as is known: then all ports of all containers are gone through only if one of its ports is taken.</param>
    /// <exception cref="CniException">999: a port is another container's.</exception>
    public void Add(CniOwner owner, PortMapRequest request, string? backend, bool isFirst)
    {
        if (backend is CniTable.Backend)
        {
            IReadOnlyCollection<CniElement> ports = CniElements.OfPorts(request);
            if (!isFirst || !CniTable.TryAdd(netfilter, owner, ports))
            {
                Replace(owner, ports);
            }
        }
        else
        {
            IptablesPortMap.Add(netfilter, owner, request);
        }
        EndConnections(request);
    }

    /// <summary>Takes a container's ports of a network away; content if they are gone.</summary>
    /// <param name="owner">Whose they are.</param>
    /// <param name="request">What they were, if that is known: connections that used them end.</param>
    public void Remove(CniOwner owner, PortMapRequest? request)
    {
        IptablesPortMap.Remove(netfilter, owner);
        CniTable.Remove(netfilter, owner, CniElements.PortSets);
        if (request is not null)
        {
            EndConnections(request);
        }
    }

    /// <summary>Whether any container has ports, in whichever layout, or the table with the guard of localhost is there for another reason.</summary>
    public bool AreAny() => CniTable.Exists(netfilter) || IptablesPortMap.AreAny(netfilter);

    /// <summary>Takes away what is of a network and of no valid attachment.</summary>
    public void RemoveAllBut(string network, IReadOnlyCollection<CniOwner> valid)
    {
        IptablesPortMap.RemoveAllBut(netfilter, network, valid);
        CniTable.RemoveAllBut(netfilter, network, valid, CniElements.PortSets);
    }

    /// <summary>Whether all ports are published, in whichever layout.</summary>
    public bool IsThere(CniOwner owner, PortMapRequest request) =>
        CniTable.Has(netfilter, owner, CniElements.OfPorts(request)) || IptablesPortMap.IsThere(netfilter, owner, request);

    private void Replace(CniOwner owner, IReadOnlyCollection<CniElement> ports)
    {
        if (CniTable.HasAny(netfilter, owner, CniElements.TellingPortSets))
        {
            CniTable.Remove(netfilter, owner, CniElements.PortSets);
        }
        CniTable.Add(netfilter, owner, ports);
    }

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
