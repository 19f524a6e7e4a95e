using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>Lets containers through the host's firewalls that drop forwarded packets, in any layout. Removals look in all layouts.</summary>
internal sealed class ForwardAccept(NetfilterSocket netfilter)
{
    /// <summary>Lets a container through.</summary>
    /// <param name="owner">The rules' owner.</param>
    /// <param name="request">What to let through.</param>
    /// <param name="layout">The layout to write.</param>
    public void Add(CniOwner owner, ForwardRequest request, ICniLayout layout) => layout.AddForward(netfilter, owner, request);

    /// <summary>Removes a container's rules; does nothing if there are none.</summary>
    /// <exception cref="CniException">999: there are some that cannot be removed.</exception>
    public void Remove(CniOwner owner, IReadOnlyCollection<InterfaceAddress> addresses) => new CniTeardown()
        .Then(() => CniLayouts.InEach(layout => layout.RemoveForward(netfilter, owner, addresses)))
        .Then(() => LegacyRules.Read().RequireNone(owner, addresses))
        .Finish();

    /// <summary>Removes what belongs to a network but to no valid attachment.</summary>
    public void RemoveAllBut(string network, IReadOnlyCollection<CniOwner> valid) =>
        CniLayouts.InEach(layout => layout.RemoveForwardAllBut(netfilter, network, valid));

    /// <summary>Whether we let a container through, and not another program.</summary>
    public bool IsOwn(CniOwner owner) => IptablesForward.IsOwn(netfilter, owner) || CniTable.HasAny(netfilter, owner, CniElements.AcceptedSets);

    /// <summary>Whether a container is let through, in any layout.</summary>
    public bool IsThere(CniOwner owner, IReadOnlyCollection<InterfaceAddress> addresses) =>
        CniLayouts.All.Any(layout => layout.HasForward(netfilter, owner, addresses)) || LegacyRules.Read().HasForward(addresses);
}
