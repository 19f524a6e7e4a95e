using System.Net;
using System.Net.Sockets;

using BridgeNet.Integration.Tests.Stories;
using BridgeNet.Integration.Tests.Stories.Rules;
using BridgeNet.Netlink;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Matrix;

/// <summary>A network of a setting, a container that serves on it, and all who ask; routers and servers know the way to the containers.</summary>
internal sealed class MatrixWorld : IDisposable
{
    private const int HostPort = 8080, PublishedPort = 80, UnpublishedPort = 81, OutsidePort = 7000, LastingPort = 7001;
    private static readonly NetworkDefinition s_second = new()
    {
        Name = "second",
        Subnets = [SubnetDefinition.Parse("172.29.0.0/24"), SubnetDefinition.Parse("fd00:29::/64")],
    };
    private static readonly IPAddress s_chosen4 = IPAddress.Parse("192.0.2.77");
    private static readonly IPAddress s_chosen6 = IPAddress.Parse("2001:db8:1::77");

    private readonly DriverWorld _world;
    private readonly List<AddressEcho> _services = [];
    private readonly Container _container, _same, _other;

    public MatrixWorld(Setting setting)
    {
        _world = new DriverWorld(network: null);
        try
        {
            Prepare(setting.Host);
            Network network = _world.Driver.EnsureNetwork(ToDefinition(setting));
            if (!setting.InterContainer)
            {
                BridgeNetfilter.Set(_world.Host, 0); // where it is on, peers kept apart do not reach published ports: docs/docker-parity.md
            }
            _container = Attach(network, setting);
            _same = DriverWorld.Attach(network, _world.AddContainer());
            _other = _world.AttachTo(new NetworkDefinition
            {
                Name = "other",
                Subnets = [SubnetDefinition.Parse("172.31.0.0/24"), SubnetDefinition.Parse("fd00:31::/64")],
            });
            _services.Add(new AddressEcho(_container.Place, PublishedPort));
            _services.Add(new AddressEcho(_container.Place, UnpublishedPort));
            _services.Add(new AddressEcho(_world.Server, OutsidePort));
            _world.Server.ServeTcp("::", LastingPort);
            OpenTheWays(setting);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Whether a question is answered.</summary>
    public async Task<bool> PassesAsync(Cell cell, TimeSpan patience)
    {
        IPAddress container = AddressOf(_container, cell.Family);
        return cell.To is Door.Ping
            ? await PingAsync(PlaceOf(cell), container, patience)
            : await AddressEcho.AskAsync(PlaceOf(cell), cell.To switch
            {
                Door.HostPort => new IPEndPoint(HostAddress(cell.Family), HostPort),
                Door.LoopbackPort => new IPEndPoint(IPAddress.Loopback, HostPort),
                Door.PublishedPort => new IPEndPoint(container, PublishedPort),
                _ => new IPEndPoint(container, UnpublishedPort),
            }, patience) is not null;
    }

    /// <summary>By whose address a server of the world sees the container.</summary>
    public async Task<Source> SeenAsAsync(AddressFamily family, TimeSpan patience)
    {
        (IPAddress server, IPAddress chosen) = family is AddressFamily.InterNetwork
            ? (World.ServerAddress, s_chosen4)
            : (World.ServerAddress6, s_chosen6);
        IPAddress? seen = await AddressEcho.AskAsync(_container.Place, new IPEndPoint(server, OutsidePort), patience);
        return seen is null ? Source.None
            : seen.Equals(AddressOf(_container, family)) ? Source.Container
            : seen.Equals(HostAddress(family)) ? Source.Host
            : seen.Equals(chosen) ? Source.Chosen
            : Source.Unknown;
    }

    /// <summary>Whether the world sees a reset by an address of the container's, after the host has forgotten the connection that it ends.</summary>
    public async Task<bool> SeesLateResetAsync(AddressFamily family, TimeSpan patience)
    {
        (IPAddress server, string sources) = family is AddressFamily.InterNetwork
            ? (World.ServerAddress, "ip saddr { 172.29.0.0/24, 172.30.0.0/24 }")
            : (World.ServerAddress6, "ip6 saddr { fd00:29::/64, fd00:30::/64 }");
        string counting = $"{sources} tcp flags & rst == rst counter";
        _world.Router.RunOk($"nft 'table inet seen {{ chain by_{family} {{ type filter hook prerouting priority 0; {counting}; }}; }}'");
        using Socket client = _container.Place.OpenSocket(family, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(server, LastingPort);
        _world.Host.RunOk("conntrack -F");
        client.Close(0);
        return Try.Within(
            patience, () => !_world.Router.RunOk($"nft list chain inet seen by_{family}").Contains("packets 0 ", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _services.ForEach(service => service.Dispose());
        _world.Dispose();
    }

    private static NetworkDefinition ToDefinition(Setting setting) => new()
    {
        Name = "matrix",
        Device = InterfaceName.Parse("br-matrix"),
        Subnets = [SubnetDefinition.Parse("172.30.0.0/24"), SubnetDefinition.Parse("fd00:30::/64")],
        Internal = setting.Internal,
        InterContainer = setting.InterContainer,
        Masquerade = setting.Masquerade,
        IPv4Mode = setting.IPv4Mode,
        IPv6Mode = setting.IPv6Mode,
        IPv4Source = setting.SourceNat ? s_chosen4 : null,
        IPv6Source = setting.SourceNat ? s_chosen6 : null,
    };

    private static IPAddress AddressOf(Container container, AddressFamily family) =>
        (family is AddressFamily.InterNetwork ? container.Endpoint.IPv4Address : container.Endpoint.IPv6Address)!.Address;

    private static IPAddress HostAddress(AddressFamily family) => family is AddressFamily.InterNetwork ? World.HostAddress : World.HostAddress6;

    /// <summary>The container that is asked for, on the network and, when its turn comes, on the second one.</summary>
    private Container Attach(Network network, Setting setting)
    {
        string port = $"{(setting.AtLoopback ? "127.0.0.1:" : "")}{HostPort}:{PublishedPort}";
        Netns place = _world.AddContainer();
        EndpointLease? first = setting.Second is SecondNetwork.ComesFirst or SecondNetwork.ComesFirstAndLeaves ? Second() : null;
        Container container = DriverWorld.Attach(network, place, DriverWorld.Publishing(setting.Internal ? [] : [port]));
        if (setting.Second is SecondNetwork.ComesLater)
        {
            _ = Second();
        }
        else if (setting.Second is SecondNetwork.ComesFirstAndLeaves)
        {
            first!.Dispose();
        }
        return container;

        EndpointLease Second() => DriverWorld.Attach(_world.Driver.EnsureNetwork(s_second), place).Lease;
    }

    private void Prepare(HostState state)
    {
        if (state is HostState.StrictDefaults)
        {
            _world.Host.RunOk("sysctl -w net.ipv4.conf.default.forwarding=0 net.ipv6.conf.default.forwarding=0 net.ipv4.conf.default.rp_filter=1 "
                + "net.ipv6.conf.default.disable_ipv6=1");
        }
        else if (state is HostState.OverlappingRoutes)
        {
            _world.Host.RunOk($"""
                ip route add 172.16.0.0/12 via {World.RouterAddress} && ip route add 172.30.0.0/24 via {World.RouterAddress} metric 700
                ip route add fd00::/8 via 2001:db8:1::fe && ip route add fd00:30::/64 via 2001:db8:1::fe metric 700
                """.ReplaceLineEndings(" && "));
        }
    }

    private static async Task<bool> PingAsync(Netns from, IPAddress to, TimeSpan patience)
    {
        BackgroundProcess ping = from.Start("ping", "-n", "-c", "1", "-W", $"{patience.TotalSeconds}", $"{to}");
        return await Task.Factory.StartNew(
            () => ping.WaitForExit(patience + Eventually.Soon) == 0, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Nothing but rules is to stand in the way: neither a route that misses nor a kernel that keeps loopback's packets at home.</summary>
    private void OpenTheWays(Setting setting)
    {
        _world.Router.RunOk("ip route add 172.30.0.0/24 via 192.0.2.1 && ip route add fd00:30::/64 via 2001:db8:1::1");
        _world.Server.RunOk("ip route add 172.30.0.0/24 via 198.51.100.1 && ip route add fd00:30::/64 via 2001:db8:2::fe");
        if (setting.SourceNat)
        {
            _world.Host.RunOk($"ip addr add {s_chosen4}/24 dev eth0 && ip addr add {s_chosen6}/128 dev eth0 nodad preferred_lft 0");
        }
        Attacker.SendLoopbackOut(_world.Router, "host", "192.0.2.1");
        Attacker.SendLoopbackOut(_container.Place, $"{_container.Endpoint.InterfaceName}", "172.30.0.1");
        Attacker.SendLoopbackOut(_same.Place, "eth0", "172.30.0.1");
        Attacker.SendLoopbackOut(_other.Place, "eth0", "172.31.0.1");
    }

    /// <summary>Packets of loopback pass no router: there the neighbour asks for the world.</summary>
    private Netns PlaceOf(Cell cell) => cell.From switch
    {
        Peer.Host => _world.Host,
        Peer.Outside => cell.To is Door.LoopbackPort ? _world.Router : _world.Server,
        Peer.SameNetwork => _same.Place,
        Peer.OtherNetwork => _other.Place,
        _ => _container.Place,
    };
}
