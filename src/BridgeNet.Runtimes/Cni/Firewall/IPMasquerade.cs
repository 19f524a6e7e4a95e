using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>Masquerades containers' outgoing connections, in any layout. Removals look in all layouts.</summary>
internal sealed class IPMasquerade(NetfilterSocket netfilter)
{
    /// <summary>Masquerades a container's addresses.</summary>
    /// <param name="owner">The rules' owner.</param>
    /// <param name="addresses">The addresses, with their networks.</param>
    /// <param name="layout">The layout to write.</param>
    public void Add(CniOwner owner, IReadOnlyCollection<InterfaceAddress> addresses, ICniLayout layout) =>
        layout.AddMasquerade(netfilter, owner, addresses);

    /// <summary>Stops masquerading a container's addresses; does nothing if they are not masqueraded.</summary>
    /// <exception cref="CniException">999: there are rules that cannot be removed.</exception>
    public void Remove(CniOwner owner) => new CniTeardown()
        .Then(() => CniLayouts.InEach(layout => layout.RemoveMasquerade(netfilter, owner)))
        .Then(() => LegacyRules.Read().RequireNone(owner, ReferenceChain.Masquerade(owner.Network, owner.ContainerId)))
        .Finish();

    /// <summary>Removes what belongs to a network but to no valid attachment.</summary>
    public void RemoveAllBut(string network, IReadOnlyCollection<CniOwner> valid) =>
        CniLayouts.InEach(layout => layout.RemoveMasqueradeAllBut(netfilter, network, valid));

    /// <summary>Whether all of a container's addresses are masqueraded, in any layout.</summary>
    public bool IsThere(CniOwner owner, IReadOnlyCollection<InterfaceAddress> addresses) =>
        CniLayouts.All.Any(layout => layout.HasMasquerade(netfilter, owner, addresses)) || LegacyRules.Read().HasMasquerade(owner, addresses);
}
