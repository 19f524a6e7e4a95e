using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>Chains and rules of iptables-nft, as the reference's plugins write them.</summary>
internal sealed class IptablesLayout : ICniLayout
{
    /// <inheritdoc/>
    public string Backend => "iptables";

    /// <inheritdoc/>
    public void AddMasquerade(NetfilterSocket netfilter, CniOwner owner, IReadOnlyCollection<InterfaceAddress> addresses) =>
        IptablesMasquerade.Add(netfilter, owner, addresses);

    /// <inheritdoc/>
    public void RemoveMasquerade(NetfilterSocket netfilter, CniOwner owner) => IptablesMasquerade.Remove(netfilter, owner);

    /// <inheritdoc/>
    public void RemoveMasqueradeAllBut(NetfilterSocket netfilter, string network, IReadOnlyCollection<CniOwner> valid) =>
        IptablesMasquerade.RemoveAllBut(netfilter, network, valid);

    /// <inheritdoc/>
    public bool HasMasquerade(NetfilterSocket netfilter, CniOwner owner, IReadOnlyCollection<InterfaceAddress> addresses) =>
        IptablesMasquerade.IsThere(netfilter, owner, addresses);

    /// <inheritdoc/>
    public void AddForward(NetfilterSocket netfilter, CniOwner owner, ForwardRequest request) => IptablesForward.Add(netfilter, owner, request);

    /// <inheritdoc/>
    public void RemoveForward(NetfilterSocket netfilter, CniOwner owner, IReadOnlyCollection<InterfaceAddress> addresses) =>
        IptablesForward.Remove(netfilter, owner, addresses);

    /// <inheritdoc/>
    public void RemoveForwardAllBut(NetfilterSocket netfilter, string network, IReadOnlyCollection<CniOwner> valid) =>
        IptablesForward.RemoveAllBut(netfilter, network, valid);

    /// <summary>Whether a container is let through, by rules of any program: the reference's rules name no owner.</summary>
    public bool HasForward(NetfilterSocket netfilter, CniOwner owner, IReadOnlyCollection<InterfaceAddress> addresses) =>
        IptablesForward.IsThere(netfilter, addresses);

    /// <inheritdoc/>
    public void AddPorts(NetfilterSocket netfilter, CniOwner owner, PortMapRequest request, bool isFirst) =>
        IptablesPortMap.Add(netfilter, owner, request);

    /// <inheritdoc/>
    public void RemovePorts(NetfilterSocket netfilter, CniOwner owner) => IptablesPortMap.Remove(netfilter, owner);

    /// <inheritdoc/>
    public void RemovePortsAllBut(NetfilterSocket netfilter, string network, IReadOnlyCollection<CniOwner> valid) =>
        IptablesPortMap.RemoveAllBut(netfilter, network, valid);

    /// <inheritdoc/>
    public bool HasPorts(NetfilterSocket netfilter, CniOwner owner, PortMapRequest request) => IptablesPortMap.IsThere(netfilter, owner, request);

    /// <inheritdoc/>
    public bool AreAnyPorts(NetfilterSocket netfilter) => IptablesPortMap.AreAny(netfilter);
}
