using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>Lets containers through firewalls of the host that drop what is forwarded, in either of two layouts. Removal looks in both.</summary>
internal sealed class ForwardAccept(NetfilterSocket netfilter)
{
    /// <summary>Lets a container through.</summary>
    /// <param name="owner">Whose rules they are.</param>
    /// <param name="request">What is to pass.</param>
    /// <param name="backend">nftables for rules in whichever chain drops; else the reference's layout.</param>
    public void Add(CniOwner owner, ForwardRequest request, string? backend)
    {
        if (backend is not CniTable.Backend)
        {
            IptablesForward.Add(netfilter, owner, request);
            return;
        }
        RuleEdit.Run(netfilter, changes =>
        {
            CniTable.Add(netfilter, changes, owner, CniElements.OfAccepted(request.Containers));
            ForeignForward.Add(netfilter, changes, owner, request.Containers);
            if (request.Policy is not IngressPolicy.Open)
            {
                changes.AddElements(CniLayout.Table, CniLayout.Policed, [new NftElement { Key = NftValue.Interface(request.Bridge) }]);
            }
            if (request.Policy is IngressPolicy.SameBridge)
            {
                NftValue pair = new NftKey().Interface(request.Bridge).Interface(request.Bridge).ToValue();
                changes.AddElements(CniLayout.Table, CniLayout.Members, [new NftElement { Key = pair }]);
            }
        });
    }

    /// <summary>Lets it through no longer; content if it is not.</summary>
    public void Remove(CniOwner owner, IReadOnlyCollection<InterfaceAddress> addresses)
    {
        IptablesForward.Remove(netfilter, owner, addresses);
        RemoveForeign(tag => string.Equals(tag, owner.Tag, StringComparison.Ordinal));
        CniTable.Remove(netfilter, owner, CniElements.AcceptedSets);
    }

    /// <summary>Takes away what is of a network and of no valid attachment.</summary>
    public void RemoveAllBut(string network, IReadOnlyCollection<CniOwner> valid)
    {
        IptablesForward.RemoveAllBut(netfilter, network, valid);
        RemoveForeign(tag => CniOwner.IsGarbage(tag, network, valid));
        CniTable.RemoveAllBut(netfilter, network, valid, CniElements.AcceptedSets);
    }

    /// <summary>Whether a container is let through, in whichever layout.</summary>
    public bool IsThere(CniOwner owner, IReadOnlyCollection<InterfaceAddress> addresses) =>
        CniTable.Has(netfilter, owner, CniElements.OfAccepted(addresses)) || IptablesForward.IsThere(netfilter, addresses);

    private void RemoveForeign(Func<string?, bool> isMeant) => RuleEdit.Run(netfilter, changes => ForeignForward.Remove(netfilter, changes, isMeant));
}
