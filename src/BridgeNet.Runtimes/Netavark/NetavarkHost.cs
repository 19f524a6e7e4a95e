using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>The host of a call: its sockets, which are opened when they are needed, netavark's files, and the name server.</summary>
internal sealed class NetavarkHost : IDisposable
{
    private readonly Lazy<RouteSocket> _route = new(RouteSocket.Open);
    private readonly Lazy<NetfilterSocket> _netfilter = new(NetfilterSocket.Open);
    private readonly Lazy<bool> _hasRulesOfFirewalld;

    private FirewalldBus? _firewalld;

    public NetavarkHost(string directory, NetavarkOptions options, INameServerProcess process, NetavarkPlugins plugins, NetavarkLog log)
    {
        _hasRulesOfFirewalld = new Lazy<bool>(HasRulesOfFirewalld);
        Plugins = plugins;
        Log = log;
        Options = options;
        State = new NetavarkState(directory);
        NameServer = new NameServer(directory, options.NameServer, options.DnsPort, process);
    }

    /// <summary>What the call was told.</summary>
    public NetavarkOptions Options { get; }

    /// <summary>netavark's files about the firewall.</summary>
    public NetavarkState State { get; }

    /// <summary>The name server.</summary>
    public NameServer NameServer { get; }

    /// <summary>Lines for whoever debugs.</summary>
    public NetavarkLog Log { get; }

    /// <summary>Other people's drivers.</summary>
    public NetavarkPlugins Plugins { get; }

    /// <summary>Links, addresses and routes.</summary>
    public RouteSocket Route => _route.Value;

    /// <summary>Packet rules.</summary>
    public NetfilterSocket Netfilter => _netfilter.Value;

    /// <summary>What netavark remembers of a network.</summary>
    public NetavarkNetworkRecord RecordOf(NetavarkNetwork network) => new(
        network.Id,
        HashOf(network),
        network.Interface,
        [.. network.Subnets.Select(subnet => subnet.Subnet)],
        network.Isolation,
        Options.DnsPort,
        network.OutboundAddresses);

    /// <summary>What netavark remembers of a container on a network.</summary>
    public NetavarkPortRecord RecordOf(NetavarkRequest request, NetavarkAttachment attachment)
    {
        (InterfaceAddress Address, NetavarkSubnet Subnet)? four = First(attachment, isIPv6: false), six = First(attachment, isIPv6: true);
        return new NetavarkPortRecord
        {
            ContainerId = request.ContainerId,
            NetworkId = attachment.Network.Id,
            NetworkName = attachment.Network.Name,
            NetworkHash = HashOf(attachment.Network),
            Mappings = request.Ports,
            Address4 = four?.Address.Address,
            Subnet4 = four?.Subnet.Subnet,
            Address6 = six?.Address.Address,
            Subnet6 = six?.Subnet.Subnet,
            DnsPort = Options.DnsPort,
            DnsServers = [.. attachment.Network.Subnets.Where(subnet => subnet.Gateway is not null).Select(subnet => subnet.Gateway!)],
        };
    }

    /// <summary>Connects to firewalld, once in a call.</summary>
    /// <exception cref="NetavarkException">It does not run, or there is no bus to reach it by.</exception>
    public FirewalldBus OpenFirewalld()
    {
        if (_firewalld is null)
        {
            FirewalldBus bus = FirewalldBus.Connect(Options.SystemBus);
            try
            {
                _firewalld = bus.IsThere
                    ? bus
                    : throw new NetavarkException("firewalld does not run: start it, or choose another firewall driver");
            }
            catch
            {
                bus.Dispose();
                throw;
            }
        }
        return _firewalld;
    }

    /// <summary>Connects to firewalld, if it is there. It is looked for once in a call.</summary>
    /// <param name="hasRulesHere">
    /// Whether it matters only if it has rules in this network namespace. To look costs a hundredth of what a connection does.
    /// </param>
    /// <returns>Null if it is not there.</returns>
    public FirewalldBus? TryOpenFirewalld(bool hasRulesHere)
    {
        if (Options.SystemBus.Length == 0 || (hasRulesHere && !_hasRulesOfFirewalld.Value))
        {
            return null;
        }
        try
        {
            return OpenFirewalld();
        }
        catch (NetavarkException error)
        {
            Log.Warn("firewall::firewalld", error.Message);
            return null;
        }
    }

    /// <summary>Closes the sockets.</summary>
    public void Dispose()
    {
        _firewalld?.Dispose();
        if (_route.IsValueCreated)
        {
            _route.Value.Dispose();
        }
        if (_netfilter.IsValueCreated)
        {
            _netfilter.Value.Dispose();
        }
    }

    /// <summary>Whether a network's containers get packet rules. Those of somebody else's bridge are that somebody's matter.</summary>
    public bool HasRules(NetavarkNetwork network) =>
        Options.Firewall is not NetavarkFirewallDriver.None && network is { IsBridge: true, IsInternal: false, IsUnmanaged: false };

    /// <summary>Whether a network's containers may have packet rules: also if nobody writes any now.</summary>
    public bool MayHaveRules(NetavarkNetwork network) => HasRules(network) || State.Knows(network.Id);

    /// <summary>firewalld writes a table of its own, or chains into the tables of iptables.</summary>
    private bool HasRulesOfFirewalld()
    {
        IReadOnlyList<NftTable> tables = Netfilter.ListTables();
        return tables.Any(table => table.Id.Name is "firewalld")
            || tables.Where(table => table.Id.Name is "filter")
                .Any(table => Netfilter.ListChains(table.Id).Any(chain => chain.Name is "FORWARD_ZONES" or "FWD_public"));
    }

    private static (InterfaceAddress Address, NetavarkSubnet Subnet)? First(NetavarkAttachment attachment, bool isIPv6) =>
        attachment.Placed.Where(one => one.Address.IsIPv6 == isIPv6).Cast<(InterfaceAddress, NetavarkSubnet)?>().FirstOrDefault();

    private static string HashOf(NetavarkNetwork network) => Sha2.Digits512(network.Name)[..13].ToUpperInvariant();
}
