using System.Globalization;
using System.Net;
using System.Net.Sockets;

using BridgeNet.TestKit;

namespace BridgeNet.Benchmarks.Names;

/// <summary>
/// A host with a name server, ours or aardvark-dns, two containers and a server of the world. The network has 1,000 names. The second container's
/// own server is silent.
/// </summary>
internal sealed class NameHost : IDisposable
{
    private const int Names = 1000;

    private readonly Netns _host = Netns.Create("host");
    private readonly Netns _world = Netns.Create("world");
    private readonly Netns[] _containers = [Netns.Create("one"), Netns.Create("two")];
    private readonly Scratch _scratch = new();
    private readonly EchoServer _upstream;
    private readonly Socket _silent;

    /// <param name="isOurs">Whether the server is the binary, or a later Debian's aardvark-dns.</param>
    public NameHost(bool isOurs)
    {
        _ = _host.RunOk(
            $"ip link set lo up; ip link add up0 type veth peer name up0 netns {_world.Name}; ip addr add 198.51.100.1/24 dev up0; "
                + "ip link set up0 up; ip link add br0 type bridge; ip addr add 10.89.0.1/16 dev br0; ip link set br0 up");
        _ = _world.RunOk("ip addr add 198.51.100.2/24 dev up0; ip addr add 198.51.100.3/24 dev up0; ip link set up0 up; ip link set lo up");
        for (int i = 0; i < _containers.Length; i++)
        {
            _ = _host.RunOk($"ip link add v{i} master br0 up type veth peer name eth0 netns {_containers[i].Name}");
            _ = _containers[i].RunOk($"ip addr add 10.89.0.{i + 2}/16 dev eth0; ip link set eth0 up; ip link set lo up");
        }
        _upstream = new EchoServer(Bind("198.51.100.2"));
        _silent = Bind("198.51.100.3");
        _ = Directory.CreateDirectory(_scratch.At("names"));
        File.WriteAllLines(
            _scratch.At("names/n1"),
            [
                "10.89.0.1 198.51.100.2",
                "c0 10.89.0.2  one",
                "c1 10.89.0.3  two 198.51.100.3",
                .. Enumerable.Range(2, Names - 2).Select(i => $"c{i} 10.89.{1 + (i / 250)}.{1 + (i % 250)}  name{i}"),
            ]);
        string program = _scratch.At("aardvark-dns");
        if (isOurs)
        {
            _ = File.CreateSymbolicLink(program, Path.GetFullPath(Binary.Path));
        }
        else
        {
            program = LaterDebian.CommandOf("podman", $"{LaterPodman.Helpers}/aardvark-dns");
        }
        _ = _host.RunOk($"{program} --config {_scratch.At("names")} -p 53 run > /dev/null 2>&1");
    }

    /// <summary>The resident memory of the server, in MiB.</summary>
    public double Memory
    {
        get
        {
            string line = File.ReadLines($"/proc/{Server}/status").First(text => text.StartsWith("VmRSS:", StringComparison.Ordinal));
            return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
        }
    }

    private string Server => File.ReadAllText(_scratch.At("names/aardvark.pid")).Trim();

    /// <summary>Has all threads of the server run on some processors alone, such as "0" or "0-3".</summary>
    public void Place(string processors) => _host.RunOk($"taskset --all-tasks --cpu-list --pid {processors} {Server}");

    /// <summary>A container that asks; number 1 has the silent server.</summary>
    public Asker Open(int container)
    {
        Socket socket = _containers[container].OpenSocket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(IPAddress.Parse("10.89.0.1"), 53);
        return new Asker(socket);
    }

    public void Dispose()
    {
        foreach (Netns container in _containers)
        {
            container.Dispose();
        }
        _host.Dispose();
        _upstream.Dispose();
        _silent.Dispose();
        _world.Dispose();
        _scratch.Dispose();
    }

    private Socket Bind(string address)
    {
        Socket socket = _world.OpenSocket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(address), 53));
        return socket;
    }
}
