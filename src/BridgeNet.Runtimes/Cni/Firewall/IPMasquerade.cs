using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>Has the world outside a network see its containers by the host's address, in either of two layouts. Removal looks in both.</summary>
internal sealed class IPMasquerade(NetfilterSocket netfilter)
{
    /// <summary>Adds a container's addresses.</summary>
    /// <param name="owner">Whose they are.</param>
    /// <param name="addresses">The addresses, with their networks.</param>
    /// <param name="backend">nftables for sets of our own; else the reference's layout.</param>
    public void Add(CniOwner owner, IReadOnlyCollection<InterfaceAddress> addresses, string? backend)
    {
        if (backend is CniTable.Backend)
        {
            CniTable.Add(netfilter, owner, CniElements.OfMasquerade(addresses));
        }
        else
        {
            IptablesMasquerade.Add(netfilter, owner, addresses);
        }
    }

    /// <summary>Takes a container's away; content if they are gone.</summary>
    public void Remove(CniOwner owner)
    {
        IptablesMasquerade.Remove(netfilter, owner);
        CniTable.Remove(netfilter, owner, CniElements.MasqueradeSets);
    }

    /// <summary>Takes away what is of a network and of no valid attachment.</summary>
    public void RemoveAllBut(string network, IReadOnlyCollection<CniOwner> valid)
    {
        IptablesMasquerade.RemoveAllBut(netfilter, network, valid);
        CniTable.RemoveAllBut(netfilter, network, valid, CniElements.MasqueradeSets);
    }

    /// <summary>Whether all of a container's addresses are masqueraded, in whichever layout.</summary>
    public bool IsThere(CniOwner owner, IReadOnlyCollection<InterfaceAddress> addresses) =>
        CniTable.Has(netfilter, owner, CniElements.OfMasquerade(addresses)) || IptablesMasquerade.IsThere(netfilter, owner, addresses);
}
