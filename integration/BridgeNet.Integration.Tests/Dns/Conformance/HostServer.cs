using System.Net;
using System.Net.Sockets;

using BridgeNet.Integration.Tests.Binary;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Dns.Conformance;

/// <summary>A server with aardvark-dns's command line, on a host with bridges; the containers are network namespaces.</summary>
internal sealed class HostServer : AskedServer
{
    private readonly Scratch _scratch = new();
    private readonly World _world = new(containers: 3);
    private readonly Upstream[] _upstreams;
    private readonly Dictionary<string, (Netns Place, string Gateway)> _askers;

    /// <param name="isOurs">Whether it is the binary, or a later Debian's aardvark-dns.</param>
    public HostServer(bool isOurs)
    {
        _askers = new(StringComparer.Ordinal)
        {
            ["one"] = (_world.Containers[0], "10.89.1.1"),
            ["closed"] = (_world.Containers[1], "10.89.1.1"),
            ["inner"] = (_world.Containers[2], "10.89.4.1"),
        };
        _world.Server.RunOk($"ip addr add {SecondServer}/24 dev eth0");
        _upstreams = [new Upstream(_world.Server, FirstServer, isFirst: true), new Upstream(_world.Server, SecondServer, isFirst: false)];
        foreach (int number in (int[])[1, 2, 3, 4])
        {
            _world.Host.RunOk($"ip link add br{number} type bridge && ip addr add 10.89.{number}.1/24 dev br{number} && ip link set br{number} up");
        }
        _world.Host.RunOk("ip -6 addr add fd00:1::1/64 dev br1 nodad");
        Connect("one", "br1", "eth0", "10.89.1.9");
        Connect("one", "br2", "eth1", "10.89.2.9");
        Connect("closed", "br1", "eth0", "10.89.1.8");
        Connect("inner", "br4", "eth0", "10.89.4.9");
        WriteNames();
        Start(isOurs);
    }

    public override void Dispose()
    {
        _world.Dispose();
        foreach (Upstream upstream in _upstreams)
        {
            upstream.Dispose();
        }
        _scratch.Dispose();
    }

    protected override (Socket Socket, IPEndPoint Server) Open(string asker, SocketType type, ProtocolType protocol)
    {
        (Netns place, string gateway) = _askers[asker];
        return (place.OpenSocket(AddressFamily.InterNetwork, type, protocol), new IPEndPoint(IPAddress.Parse(gateway), 53));
    }

    private void Connect(string asker, string bridge, string name, string address)
    {
        Netns place = _askers[asker].Place;
        _world.Host.RunOk($"ip link add {asker}{bridge} master {bridge} up type veth peer name {name} netns {place.Name}");
        place.RunOk($"ip link set lo up && ip addr add {address}/24 dev {name} && ip link set {name} up");
    }

    private void WriteNames()
    {
        Directory.CreateDirectory(_scratch.At("names"));
        IEnumerable<string> many = Enumerable.Range(1, Many)
            .Select(number => $"x{number} 10.89.1.{100 + number} fd00:1::1:{number} x{number},{DnsQuestions.Long}");
        string servers = $"{FirstServer},{SecondServer}";
        Write(
            "n1",
            [
                "10.89.1.1,fd00:1::1",
                $"one 10.89.1.9  one {servers}",
                $"closed 10.89.1.8  closed {ClosedServer}",
                "web 10.89.1.2 fd00:1::2 web,www",
                .. many,
            ]);
        Write("n2", ["10.89.2.1", $"one 10.89.2.9  one {servers}", "db 10.89.2.3  db,www"]);
        Write("n3", ["10.89.3.1", "far 10.89.3.2  far"]);
        Write("n4%int", ["10.89.4.1", $"inner 10.89.4.9  inner {servers}"]);
    }

    private void Write(string file, string[] lines) => File.WriteAllLines(_scratch.At($"names/{file}"), lines);

    /// <summary>Starts it; a later Debian's program runs with that Debian's own libraries.</summary>
    private void Start(bool isOurs)
    {
        string program = _scratch.At("aardvark-dns");
        if (isOurs)
        {
            File.CreateSymbolicLink(program, BinaryWorld.Path);
        }
        else
        {
            LaterDebian.Require("podman");
            program = LaterDebian.CommandOf("podman", $"{LaterPodman.Helpers}/aardvark-dns");
        }
        _world.Host.RunOk($"{program} --config {_scratch.At("names")} -p 53 run > /dev/null 2>&1");
    }
}
