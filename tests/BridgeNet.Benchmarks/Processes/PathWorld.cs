using BridgeNet.TestKit;

namespace BridgeNet.Benchmarks.Processes;

/// <summary>
/// An outside, a host and a container behind it, reached by a published port among so many, or by its own address through no rules at all.
/// </summary>
internal sealed class PathWorld : IDisposable
{
    private const string HostAddress = "192.0.2.1", ClientAddress = "192.0.2.2";
    private const int Port = 8080, Others = 20_000, Inside = 10_000;

    private readonly Netns _host = Netns.Create("host");
    private readonly Netns _outside = Netns.Create("out");
    private readonly Netns _container = Netns.Create("con");
    private readonly Scratch _scratch = new();
    private readonly BridgeDriver? _driver;
    private readonly NetworkNamespace? _hostNamespace;
    private readonly string _goal;
    private BackgroundProcess? _server;

    /// <param name="ports">
    /// How many ports are published; 0 for a routed container without rules. They are elements of their own: their numbers inside are others.
    /// </param>
    /// <param name="isTracked">Whether the routed one has a rule that asks for the connection's state, as every firewall has.</param>
    public PathWorld(int ports, bool isTracked = false)
    {
        _ = _host.RunOk(
            $"ip link set lo up; ip link add up0 type veth peer name up0 netns {_outside.Name}; ip addr add {HostAddress}/24 dev up0; ip "
                + "link set up0 up; sysctl -qw net.ipv4.ip_forward=1");
        _ = _outside.RunOk($"ip addr add {ClientAddress}/24 dev up0; ip link set up0 up; ip link set lo up; ip route add default via {HostAddress}");
        if (ports == 0)
        {
            _ = _host.RunOk(
                "ip link add br0 type bridge mcast_snooping 0; ip addr add 172.17.0.1/16 dev br0; ip link set br0 up; ip link add v0 "
                    + $"master br0 type veth peer name eth0 netns {_container.Name}; ip link set v0 up");
            _ = _container.RunOk("ip addr add 172.17.0.2/16 dev eth0; ip link set eth0 up; ip link set lo up; ip route add default via 172.17.0.1");
            if (isTracked)
            {
                _ = _host.RunOk(
                    "nft 'add table ip t; add chain ip t c { type filter hook forward priority 0; }; add rule ip t c ct state "
                        + "established,related accept'");
            }
            _goal = "172.17.0.2";
            return;
        }
        _goal = HostAddress;
        _hostNamespace = NetworkNamespace.Open(_host.Path);
        _driver = BridgeDriver.Open(
            new BridgeDriverOptions { HostNamespace = _hostNamespace, StateDirectory = Path.Combine("/run", Path.GetFileName(_scratch.Path)) });
        Network network = _driver.EnsureNetwork(NetworkDefinition.Docker0);
        using NetworkNamespace sandbox = NetworkNamespace.Open(_container.Path);
        string[] others = ports > 1 ? [$"0.0.0.0:{Others}-{Others + ports - 2}:{Inside}-{Inside + ports - 2}"] : [];
        PortSpec[] publish = [PortSpec.Parse($"0.0.0.0:{Port}:{Port}"), .. others.Select(text => PortSpec.Parse(text))];
        _ = network.Attach(sandbox, new EndpointRequest { Keep = true, Publish = [.. publish] });
        // one sample's entries are gone in the next
        _ = _host.RunOk("sysctl -qw net.netfilter.nf_conntrack_tcp_timeout_close=1 net.netfilter.nf_conntrack_tcp_timeout_time_wait=1");
    }

    /// <summary>What the samples came to.</summary>
    public List<double> Samples { get; } = [];

    /// <summary>Starts a server in the container.</summary>
    public void Serve(string program, params string[] arguments)
    {
        _server?.Dispose();
        _server = _container.Start(program, [.. arguments.Select(word => word.Replace("PORT", $"{Port}", StringComparison.Ordinal))]);
        _server.Until(() => _container.Listens(System.Net.Sockets.ProtocolType.Tcp, Port), "the server listens");
    }

    /// <summary>Runs a client outside.</summary>
    public string Ask(string program, params string[] arguments) => _outside.Run(
        program,
        arguments.Select(
            word => word.Replace("PORT", $"{Port}", StringComparison.Ordinal).Replace("HOST", _goal, StringComparison.Ordinal))).OrThrow().Output;

    public void Dispose()
    {
        _server?.Dispose();
        _driver?.Dispose();
        _hostNamespace?.Dispose();
        _container.Dispose();
        _outside.Dispose();
        _host.Dispose();
        _scratch.Dispose();
    }
}
