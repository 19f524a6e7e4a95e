using BridgeNet.Core.Foreign;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>
/// Elements of <c>table inet bridgenet_cni</c>, and rules at the heads of foreign chains that would stop a container's packets.
/// </summary>
internal sealed class NftablesLayout : ICniLayout
{
    /// <inheritdoc/>
    public string Backend => "nftables";

    /// <inheritdoc/>
    public void AddMasquerade(NetfilterSocket netfilter, CniOwner owner, IReadOnlyCollection<InterfaceAddress> addresses) =>
        CniTable.Add(netfilter, owner, CniElements.OfMasquerade(addresses));

    /// <inheritdoc/>
    public void RemoveMasquerade(NetfilterSocket netfilter, CniOwner owner) => CniTable.Remove(netfilter, owner, CniElements.MasqueradeSets);

    /// <inheritdoc/>
    public void RemoveMasqueradeAllBut(NetfilterSocket netfilter, string network, IReadOnlyCollection<CniOwner> valid) =>
        CniTable.RemoveAllBut(netfilter, network, valid, CniElements.MasqueradeSets);

    /// <inheritdoc/>
    public bool HasMasquerade(NetfilterSocket netfilter, CniOwner owner, IReadOnlyCollection<InterfaceAddress> addresses) =>
        CniTable.Has(netfilter, owner, CniElements.OfMasquerade(addresses));

    /// <inheritdoc/>
    public void AddForward(NetfilterSocket netfilter, CniOwner owner, ForwardRequest request) => RulesetRetry.Change(netfilter, transaction =>
    {
        CniTable.Add(netfilter, transaction, owner, CniElements.OfAccepted(request.Containers));
        ForeignAccept.Add(netfilter, transaction, owner, request.Containers);
        if (request.Policy is not IngressPolicy.Open)
        {
            transaction.AddElements(CniLayout.Table, CniLayout.Policed, [new NftElement { Key = NftValue.Interface(request.Bridge) }]);
        }
        if (request.Policy is IngressPolicy.SameBridge)
        {
            NftValue pair = new NftKey().Interface(request.Bridge).Interface(request.Bridge).ToValue();
            transaction.AddElements(CniLayout.Table, CniLayout.Members, [new NftElement { Key = pair }]);
        }
    });

    /// <inheritdoc/>
    public void RemoveForward(NetfilterSocket netfilter, CniOwner owner, IReadOnlyCollection<InterfaceAddress> addresses)
    {
        string tag = owner.Tag;
        new CniTeardown()
            .Then(() => RemoveForeign(netfilter, comment => string.Equals(comment, tag, StringComparison.Ordinal)))
            .Then(() => CniTable.Remove(netfilter, owner, CniElements.AcceptedSets))
            .Finish();
    }

    /// <inheritdoc/>
    public void RemoveForwardAllBut(NetfilterSocket netfilter, string network, IReadOnlyCollection<CniOwner> valid)
    {
        new CniTeardown()
            .Then(() => RemoveForeign(netfilter, comment => CniOwner.IsGarbage(comment, network, valid)))
            .Then(() => CniTable.RemoveAllBut(netfilter, network, valid, CniElements.AcceptedSets))
            .Finish();
    }

    /// <inheritdoc/>
    public bool HasForward(NetfilterSocket netfilter, CniOwner owner, IReadOnlyCollection<InterfaceAddress> addresses) =>
        CniTable.Has(netfilter, owner, CniElements.OfAccepted(addresses));

    /// <summary>
    /// Publishes ports. It reads the ports of all containers only if the container may have some, or one of its ports is taken.
    /// </summary>
    public void AddPorts(NetfilterSocket netfilter, CniOwner owner, PortMapRequest request, bool isFirst)
    {
        IReadOnlyCollection<TableElement> ports = CniElements.OfPorts(request);
        if (isFirst && CniTable.TryAdd(netfilter, owner, ports))
        {
            return;
        }
        if (CniTable.HasAny(netfilter, owner, CniElements.TellingPortSets))
        {
            CniTable.Remove(netfilter, owner, CniElements.PortSets);
        }
        CniTable.Add(netfilter, owner, ports);
    }

    /// <inheritdoc/>
    public void RemovePorts(NetfilterSocket netfilter, CniOwner owner) => CniTable.Remove(netfilter, owner, CniElements.PortSets);

    /// <inheritdoc/>
    public void RemovePortsAllBut(NetfilterSocket netfilter, string network, IReadOnlyCollection<CniOwner> valid) =>
        CniTable.RemoveAllBut(netfilter, network, valid, CniElements.PortSets);

    /// <inheritdoc/>
    public bool HasPorts(NetfilterSocket netfilter, CniOwner owner, PortMapRequest request) =>
        CniTable.Has(netfilter, owner, CniElements.OfPorts(request));

    /// <summary>Whether the table with its guard of localhost exists.</summary>
    public bool AreAnyPorts(NetfilterSocket netfilter) => CniTable.Exists(netfilter);

    private static void RemoveForeign(NetfilterSocket netfilter, Func<string, bool> isMeant) =>
        RulesetRetry.Change(netfilter, transaction => ForeignRules.DeleteEverywhere(netfilter, transaction, isMeant));
}
