using System.Net;
using System.Net.Sockets;

using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Dns.Conformance;

/// <summary>The server of a later Docker, at 127.0.0.11 in each container.</summary>
internal sealed class DockerServer : AskedServer
{
    private const string Server = "127.0.0.11";

    private static readonly string[] s_servers = ["--dns", FirstServer, "--dns", SecondServer];

    private readonly World _world = new();
    private readonly Upstream[] _upstreams = [];
    private readonly DockerDaemon? _docker;
    private readonly Dictionary<string, string> _processes = [];

    public DockerServer()
    {
        try
        {
            _world.Server.RunOk($"ip addr add {SecondServer}/24 dev eth0");
            _upstreams = [new Upstream(_world.Server, FirstServer, isFirst: true), new Upstream(_world.Server, SecondServer, isFirst: false)];
            _docker = DockerDaemon.Start(_world.Host, DockerGeneration.Later);
            Populate(_docker);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public override void Dispose()
    {
        _docker?.Dispose();
        _world.Dispose();
        foreach (Upstream upstream in _upstreams)
        {
            upstream.Dispose();
        }
    }

    protected override (Socket Socket, IPEndPoint Server) Open(string asker, SocketType type, ProtocolType protocol) =>
        (_docker!.OpenSocket(_processes[asker], AddressFamily.InterNetwork, type, protocol), new IPEndPoint(IPAddress.Parse(Server), 53));

    private void Populate(DockerDaemon docker)
    {
        docker.Run("network", "create", "--ipv6", "--subnet=10.89.1.0/24", "--subnet=fd00:1::/64", "n1").OrThrow();
        docker.Run("network", "create", "--subnet=10.89.2.0/24", "n2").OrThrow();
        docker.Run("network", "create", "--subnet=10.89.3.0/24", "n3").OrThrow();
        docker.Run("network", "create", "--internal", "--subnet=10.89.4.0/24", "n4").OrThrow();
        List<string[]> containers =
        [
            ["one", "--network=n1", "--ip=10.89.1.9", "--ip6=fd00:1::9", .. s_servers],
            ["closed", "--network=n1", "--ip=10.89.1.8", "--ip6=fd00:1::8", "--dns", ClosedServer],
            ["inner", "--network=n4", "--ip=10.89.4.9", .. s_servers],
            ["web", "--network=n1", "--ip=10.89.1.2", "--ip6=fd00:1::2", "--network-alias=www"],
            ["db", "--network=n2", "--ip=10.89.2.3", "--network-alias=www"],
            ["far", "--network=n3", "--ip=10.89.3.2"],
            .. Enumerable.Range(1, Many).Select(number => (string[])
                [$"x{number}", "--network=n1", $"--ip=10.89.1.{100 + number}", $"--ip6=fd00:1::1:{number}", $"--network-alias={DnsQuestions.Long}"]),
        ];
        Parallel.ForEach(containers, new ParallelOptions { MaxDegreeOfParallelism = 3 }, container =>
            docker.Run(["run", "-d", "--stop-signal=KILL", "--name", container[0], .. container[1..], "web"]).OrThrow());
        docker.Run("network", "connect", "--ip=10.89.2.9", "n2", "one").OrThrow();
        foreach (string asker in (string[])["one", "closed", "inner"])
        {
            _processes.Add(asker, docker.Run("inspect", "--format", "{{.State.Pid}}", asker).OrThrow().Output.Trim());
        }
    }
}
