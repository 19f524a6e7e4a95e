using System.Net;
using System.Net.Sockets;

using BridgeNet.Integration.Tests.Stories;
using BridgeNet.Netlink;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Matrix;

/// <summary>A network of a setting, a container that serves on it, and all who ask; routers and servers know the way to the containers.</summary>
internal sealed class MatrixWorld : IDisposable
{
    private const int HostPort = 8080, PublishedPort = 80, UnpublishedPort = 81, OutsidePort = 7000;
    private static readonly IPAddress s_chosen4 = IPAddress.Parse("192.0.2.77");
    private static readonly IPAddress s_chosen6 = IPAddress.Parse("2001:db8:1::77");

    private readonly DriverWorld _world;
    private readonly List<AddressEcho> _services = [];
    private readonly Container _container, _same, _other;

    public MatrixWorld(Setting setting)
    {
        _world = new DriverWorld(ToDefinition(setting));
        try
        {
            if (!setting.InterContainer)
            {
                BridgeNetfilter.Set(_world.Host, 0); // where it is on, peers kept apart do not reach published ports: docs/docker-parity.md
            }
            _container = _world.Attach(setting.Internal ? [] : [$"{(setting.AtLoopback ? "127.0.0.1:" : "")}{HostPort}:{PublishedPort}"]);
            _same = _world.Attach();
            _other = _world.AttachTo(new NetworkDefinition
            {
                Name = "other",
                Subnets = [SubnetDefinition.Parse("172.31.0.0/24"), SubnetDefinition.Parse("fd00:31::/64")],
            });
            _services.Add(new AddressEcho(_container.Place, PublishedPort));
            _services.Add(new AddressEcho(_container.Place, UnpublishedPort));
            _services.Add(new AddressEcho(_world.Server, OutsidePort));
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
        Attacker.SendLoopbackOut(_container.Place, "eth0", "172.30.0.1");
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
