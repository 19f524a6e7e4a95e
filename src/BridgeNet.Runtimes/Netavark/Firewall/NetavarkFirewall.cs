using BridgeNet.Native;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>
/// The rules of containers. The driver of the call writes them; what the other driver left of a container or network goes, at setup and at teardown,
/// so that a host may change drivers and releases of netavark while containers run. Each change is one transaction.
/// </summary>
internal sealed class NetavarkFirewall(NetavarkHost host)
{
    /// <summary>Writes the rules of a container on a network.</summary>
    public void SetUp(NetavarkRequest request, NetavarkAttachment attachment)
    {
        NetavarkPortRecord ports = host.RecordOf(request, attachment);
        NetavarkNetworkRecord network = host.RecordOf(attachment.Network);
        using FileDescriptor alone = host.State.Lock();
        NetavarkPortRecord? former = host.State.Find(network.NetworkId, ports.ContainerId);
        bool isFirst = !host.State.HasOthers(network.NetworkId, ports.ContainerId) && !HasUnknown(request, attachment);
        Change(host.Options.Firewall, (own, other) =>
        {
            other.Remove(network, former ?? ports, sharesNameServer: !isFirst, isLast: isFirst);
            if (former is not null)
            {
                own.Remove(network, former, sharesNameServer: true, isLast: false);
            }
            own.Add(network, ports);
        });
        host.State.Write(host.Options.Firewall, network, ports);
    }

    /// <summary>Removes the rules of a container's ports, and of the network with its last container.</summary>
    /// <param name="request">The container.</param>
    /// <param name="attachment">Its place on the network.</param>
    /// <param name="going">The indices of the host's links that are being deleted meanwhile.</param>
    public void TakeDown(NetavarkRequest request, NetavarkAttachment attachment, IReadOnlySet<int>? going = null)
    {
        using FileDescriptor alone = host.State.Lock();
        NetavarkPortRecord ports = host.State.Find(attachment.Network.Id, request.ContainerId) ?? host.RecordOf(request, attachment);
        NetavarkNetworkRecord network = host.State.Find(attachment.Network.Id) ?? host.RecordOf(attachment.Network);
        bool hasOthers = host.State.HasOthers(attachment.Network.Id, request.ContainerId);
        bool hasUnknown = !hasOthers && HasUnknown(request, attachment, going);
        bool isLast = !hasOthers && !hasUnknown;
        bool sharesNameServer = hasUnknown || host.State.SharesNameServer(ports);
        Change(host.Options.Firewall, (own, other) =>
        {
            own.Remove(network, ports, sharesNameServer, isLast);
            other.Remove(network, ports, sharesNameServer, isLast);
        });
        host.State.Remove(network.NetworkId, request.ContainerId, isLast);
        if (isLast)
        {
            host.State.ForgetBridge(network.Bridge);
        }
    }

    /// <summary>Adds whatever is missing of all networks and containers, by the driver that wrote it.</summary>
    public void Reload()
    {
        using FileDescriptor alone = host.State.Lock();
        IReadOnlyList<NetavarkNetworkRecord> networks = host.State.ListNetworks();
        if (networks.Count > 0)
        {
            Change(host.State.Driver ?? host.Options.Firewall, (own, _) => own.AddMissing(networks, host.State.ListPorts()));
        }
    }

    /// <summary>
    /// Whether a network has a container without a file. netavark 1.4 writes none, but its containers are ports of the bridge, and so are ours after
    /// the files were lost. A bridge that is somebody else's may have other ports, too, and says nothing.
    /// </summary>
    private bool HasUnknown(NetavarkRequest request, NetavarkAttachment attachment, IReadOnlySet<int>? going = null)
    {
        NetavarkNetwork network = attachment.Network;
        if (network.IsUnmanaged || host.State.KeepsBridge(network.Interface))
        {
            return false;
        }
        bool areFilesLost = host.State.Find(network.Id, request.ContainerId) is null;
        string own = NetavarkVeth.AliasOf(request.ContainerId, attachment);
        using RouteSocket route = RouteSocket.Open(); // the host's is busy with links
        return NetavarkBridge.ListPorts(route, network).Any(port =>
            going?.Contains(port.Index) is not true
            && !string.Equals(port.Alias, own, StringComparison.Ordinal)
            && (areFilesLost || !NetavarkVeth.IsOurs(port))); // one of ours without a file is going, too
    }

    private void Change(NetavarkFirewallDriver driver, Action<INetavarkRuleset, INetavarkRuleset> write) =>
        RulesetRetry.Change(host.Netfilter, transaction =>
        {
            NetavarkTable nftables = new(host.Netfilter, transaction);
            NetavarkIptables iptables = new(host.Netfilter, transaction);
            if (driver is NetavarkFirewallDriver.Iptables)
            {
                write(iptables, nftables);
            }
            else
            {
                write(nftables, iptables);
            }
        });
}
