using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>Lets containers through firewalls of the host that drop what is forwarded, in any of the layouts. Removal looks in all.</summary>
internal sealed class ForwardAccept(NetfilterSocket netfilter)
{
    /// <summary>Lets a container through.</summary>
    /// <param name="owner">Whose rules they are.</param>
    /// <param name="request">What is to pass.</param>
    /// <param name="layout">In which layout.</param>
    public void Add(CniOwner owner, ForwardRequest request, ICniLayout layout) => layout.AddForward(netfilter, owner, request);

    /// <summary>Lets it through no longer; content if it is not.</summary>
    public void Remove(CniOwner owner, IReadOnlyCollection<InterfaceAddress> addresses)
    {
        foreach (ICniLayout layout in CniLayouts.All)
        {
            layout.RemoveForward(netfilter, owner, addresses);
        }
    }

    /// <summary>Takes away what is of a network and of no valid attachment.</summary>
    public void RemoveAllBut(string network, IReadOnlyCollection<CniOwner> valid)
    {
        foreach (ICniLayout layout in CniLayouts.All)
        {
            layout.RemoveForwardAllBut(netfilter, network, valid);
        }
    }

    /// <summary>Whether a container is let through, in whichever layout.</summary>
    public bool IsThere(CniOwner owner, IReadOnlyCollection<InterfaceAddress> addresses) =>
        CniLayouts.All.Any(layout => layout.HasForward(netfilter, owner, addresses));
}
