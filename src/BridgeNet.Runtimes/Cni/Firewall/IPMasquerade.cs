using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>Has the world outside a network see its containers by the host's address, in any of the layouts. Removal looks in all.</summary>
internal sealed class IPMasquerade(NetfilterSocket netfilter)
{
    /// <summary>Adds a container's addresses.</summary>
    /// <param name="owner">Whose they are.</param>
    /// <param name="addresses">The addresses, with their networks.</param>
    /// <param name="layout">In which layout.</param>
    public void Add(CniOwner owner, IReadOnlyCollection<InterfaceAddress> addresses, ICniLayout layout) =>
        layout.AddMasquerade(netfilter, owner, addresses);

    /// <summary>Takes a container's away; content if they are gone.</summary>
    public void Remove(CniOwner owner)
    {
        foreach (ICniLayout layout in CniLayouts.All)
        {
            layout.RemoveMasquerade(netfilter, owner);
        }
    }

    /// <summary>Takes away what is of a network and of no valid attachment.</summary>
    public void RemoveAllBut(string network, IReadOnlyCollection<CniOwner> valid)
    {
        foreach (ICniLayout layout in CniLayouts.All)
        {
            layout.RemoveMasqueradeAllBut(netfilter, network, valid);
        }
    }

    /// <summary>Whether all of a container's addresses are masqueraded, in whichever layout.</summary>
    public bool IsThere(CniOwner owner, IReadOnlyCollection<InterfaceAddress> addresses) =>
        CniLayouts.All.Any(layout => layout.HasMasquerade(netfilter, owner, addresses));
}
