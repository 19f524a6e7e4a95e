using BridgeNet.Netlink.Netfilter;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>Publishes containers' ports, in any layout. Removals look in all layouts.</summary>
/// <param name="netfilter">Of the host.</param>
/// <param name="route">Gives a socket of the host, if it is needed.</param>
internal sealed class PortMap(NetfilterSocket netfilter, Func<RouteSocket> route)
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
        new UdpConnections(netfilter, route).EndStrays(request);
    }

    /// <summary>Unpublishes a container's ports of a network; does nothing if there are none.</summary>
    /// <param name="owner">The ports' owner.</param>
    /// <param name="request">The ports, if known: then their connections end.</param>
    /// <exception cref="CniException">999: there are rules that cannot be removed.</exception>
    public void Remove(CniOwner owner, PortMapRequest? request)
    {
        CniTeardown teardown = new();
        teardown
            .Then(() => CniLayouts.InEach(layout => layout.RemovePorts(netfilter, owner)))
            .Then(() => LegacyRules.Read().RequireNone(owner, ReferenceChain.DestinationNat(owner.Network, owner.ContainerId)));
        if (request is not null)
        {
            teardown.Then(() => new UdpConnections(netfilter, route).EndOwn(request));
        }
        teardown.Finish();
    }

    /// <summary>Whether any container has ports, in any layout, or the guard of localhost exists for another reason.</summary>
    public bool AreAny() => CniLayouts.All.Any(layout => layout.AreAnyPorts(netfilter));

    /// <summary>Removes what belongs to a network but to no valid attachment.</summary>
    public void RemoveAllBut(string network, IReadOnlyCollection<CniOwner> valid) =>
        CniLayouts.InEach(layout => layout.RemovePortsAllBut(netfilter, network, valid));

    /// <summary>Whether all ports are published, in any layout.</summary>
    public bool IsThere(CniOwner owner, PortMapRequest request) =>
        CniLayouts.All.Any(layout => layout.HasPorts(netfilter, owner, request)) || LegacyRules.Read().HasPorts(owner, request);
}
