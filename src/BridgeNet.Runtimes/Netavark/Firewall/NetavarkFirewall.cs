using System.Net;

using BridgeNet.Native;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>
/// The rules of containers. The driver of the call writes them; what the other driver left of a container or network goes, at setup and at teardown,
/// so that a host may change drivers and releases of netavark while containers run. Each change is one transaction.
/// </summary>
internal sealed class NetavarkFirewall(NetavarkHost host)
{
    private const string TrustedZone = "trusted";

    private NetavarkFirewallDriver Driver => host.Options.Firewall;

    /// <summary>Checks, before the first change, whether firewalld lets the rules be.</summary>
    /// <exception cref="NetavarkException">firewalld is to write them and is not there, or it forbids ports that others forward.</exception>
    public void Check(NetavarkRequest request)
    {
        if (request.Attachments.Any(attachment => host.HasRules(attachment.Network)))
        {
            CheckPorts(Open(), request);
        }
    }

    /// <summary>Writes the rules of a container on a network.</summary>
    /// <exception cref="NetavarkException">firewalld is to write them and is not there.</exception>
    public void SetUp(NetavarkRequest request, NetavarkAttachment attachment)
    {
        NetavarkPortRecord ports = host.RecordOf(request, attachment);
        NetavarkNetworkRecord network = host.RecordOf(attachment.Network);
        using FileDescriptor alone = host.State.Lock();
        FirewalldBus? firewalld = Open();
        NetavarkPortRecord? former = host.State.Find(network.NetworkId, ports.ContainerId);
        bool isFirst = !host.State.HasOthers(network.NetworkId, ports.ContainerId) && !HasUnknown(request, attachment);
        Change(Driver, (own, others) =>
        {
            foreach (INetavarkRuleset other in others)
            {
                other.Remove(network, former ?? ports, sharesNameServer: !isFirst, isLast: isFirst);
            }
            if (former is not null)
            {
                own?.Remove(network, former, sharesNameServer: true, isLast: false);
            }
            own?.Add(network, ports);
        });
        if (firewalld is not null)
        {
            SetUp(firewalld, network, ports, former, isFirst);
        }
        if (Driver is NetavarkFirewallDriver.Firewalld && network.OutboundAddresses.Count > 0)
        {
            host.Log.Warn("firewall::firewalld", $"network {attachment.Network.Name}: "
                + $"{NetavarkNetwork.OutboundAddress4} and {NetavarkNetwork.OutboundAddress6} are ignored");
        }
        host.State.Write(Driver, network, ports);
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
        Change(Driver, (own, others) =>
        {
            own?.Remove(network, ports, sharesNameServer, isLast);
            foreach (INetavarkRuleset other in others)
            {
                other.Remove(network, ports, sharesNameServer, isLast);
            }
        });
        host.State.Remove(network.NetworkId, request.ContainerId, isLast);
        if (isLast)
        {
            host.State.ForgetBridge(network.Bridge);
        }
        if (host.TryOpenFirewalld(hasRulesHere: Driver is not NetavarkFirewallDriver.Firewalld) is { } firewalld)
        {
            new NetavarkFirewalld(firewalld).Remove(network, ports, sharesNameServer, isLast); // whoever's driver wrote them
            if (isLast)
            {
                Distrust(firewalld, network);
            }
        }
    }

    /// <summary>Adds whatever is missing of all networks and containers, by the driver that wrote it.</summary>
    /// <param name="mayReload">Whether firewalld may be reloaded for it: not where a reload of firewalld is what is answered to.</param>
    public void Reload(bool mayReload = true)
    {
        using FileDescriptor alone = host.State.Lock();
        IReadOnlyList<NetavarkNetworkRecord> networks = host.State.ListNetworks();
        if (networks.Count == 0)
        {
            return;
        }
        NetavarkFirewallDriver driver = host.State.Driver ?? Driver;
        if (driver is NetavarkFirewallDriver.Firewalld)
        {
            Restore(new NetavarkFirewalld(host.OpenFirewalld(), mayReload), networks);
            return;
        }
        Change(driver, (own, _) => own?.AddMissing(networks, host.State.ListPorts()));
        if (host.TryOpenFirewalld(hasRulesHere: true) is { } firewalld)
        {
            foreach (NetavarkNetworkRecord network in networks)
            {
                Trust(firewalld, network);
            }
        }
    }

    private FirewalldBus? Open() => Driver is NetavarkFirewallDriver.Firewalld
        ? host.OpenFirewalld()
        : host.TryOpenFirewalld(hasRulesHere: host.State.Driver is not NetavarkFirewallDriver.Firewalld);

    /// <summary>Where firewalld forbids ports that others forward, a port that seems published would not answer.</summary>
    private void CheckPorts(FirewalldBus? firewalld, NetavarkRequest request)
    {
        bool hasPorts = request.Ports is { Count: > 0 } || host.Options.DnsPort != NetavarkOptions.UsualDnsPort;
        switch (Driver is NetavarkFirewallDriver.Firewalld || !hasPorts ? null : firewalld?.StrictForwardPorts?.ToLowerInvariant())
        {
            case null or "no": break;
            case "yes": throw new NetavarkException("Port forwarding not possible as firewalld StrictForwardPorts enabled");
            case var other: host.Log.Warn("firewall::firewalld", $"unexpected value from StrictForwardPorts property: {other}"); break;
        }
    }

    private void SetUp(FirewalldBus bus, NetavarkNetworkRecord network, NetavarkPortRecord ports, NetavarkPortRecord? former, bool isFirst)
    {
        NetavarkFirewalld firewalld = new(bus);
        if (Driver is not NetavarkFirewallDriver.Firewalld)
        {
            firewalld.Remove(network, former ?? ports, sharesNameServer: !isFirst, isLast: isFirst);
            Trust(bus, network);
            return;
        }
        if (former is not null)
        {
            firewalld.Remove(network, former, sharesNameServer: true, isLast: false);
        }
        firewalld.Add(network, ports);
    }

    private void Restore(NetavarkFirewalld firewalld, IReadOnlyList<NetavarkNetworkRecord> networks)
    {
        IReadOnlyList<NetavarkPortRecord> all = host.State.ListPorts();
        foreach (NetavarkNetworkRecord network in networks)
        {
            firewalld.Add(network, ports: null);
            foreach (NetavarkPortRecord ports in all.Where(ports => string.Equals(ports.NetworkId, network.NetworkId, StringComparison.Ordinal)))
            {
                firewalld.Add(network, ports);
            }
        }
    }

    /// <summary>Has firewalld let a network's packets pass: it rejects what it does not know, whatever other rules say.</summary>
    private void Trust(FirewalldBus firewalld, NetavarkNetworkRecord network) => EachSubnet(network, subnet =>
    {
        if (!string.Equals(firewalld.ZoneOf(subnet), TrustedZone, StringComparison.Ordinal))
        {
            firewalld.Move(subnet, TrustedZone);
        }
    });

    private void Distrust(FirewalldBus firewalld, NetavarkNetworkRecord network) => EachSubnet(network, subnet =>
    {
        if (string.Equals(firewalld.ZoneOf(subnet), TrustedZone, StringComparison.Ordinal))
        {
            firewalld.Remove(subnet, TrustedZone);
        }
    });

    private void EachSubnet(NetavarkNetworkRecord network, Action<string> change)
    {
        foreach (IPNetwork subnet in network.Subnets)
        {
            try
            {
                change($"{subnet}");
            }
            catch (NetavarkException error)
            {
                host.Log.Warn("firewall::firewalld", $"zone {TrustedZone}, subnet {subnet}: {error.Message}");
                return; // the others would wait as long
            }
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

    /// <param name="driver">Whose rules are written.</param>
    /// <param name="write">Gets the driver's own ruleset, null if firewalld writes it, and those of the others.</param>
    private void Change(NetavarkFirewallDriver driver, Action<INetavarkRuleset?, INetavarkRuleset[]> write) =>
        RulesetRetry.Change(host.Netfilter, transaction =>
        {
            NetavarkTable nftables = new(host.Netfilter, transaction);
            NetavarkIptables iptables = new(host.Netfilter, transaction);
            switch (driver)
            {
                case NetavarkFirewallDriver.Firewalld: write(null, [nftables, iptables]); break;
                case NetavarkFirewallDriver.Iptables: write(iptables, [nftables]); break;
                default: write(nftables, [iptables]); break;
            }
        });
}
