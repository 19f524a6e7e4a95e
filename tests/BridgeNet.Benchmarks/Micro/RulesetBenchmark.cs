using System.Net;

using BenchmarkDotNet.Attributes;

using BridgeNet.Firewall;
using BridgeNet.Netlink;
using BridgeNet.State;

namespace BridgeNet.Benchmarks.Micro;

/// <summary>What is made of a network, an endpoint and its ports for the packet rules.</summary>
[MemoryDiagnoser]
public class RulesetBenchmark
{
    private FirewallState _state = null!;

    /// <summary>How many endpoints, of ten ports each.</summary>
    [Params(1, 100)]
    public int Endpoints { get; set; }

    [GlobalSetup]
    public void Setup() =>
        _state = new FirewallState([], [.. Enumerable.Range(0, Endpoints).Select(Endpoint)]);

    [Benchmark]
    public int Compile_elements() => _state.Elements().Count();

    private static EndpointState Endpoint(int number) => new()
    {
        Id = $"{number:x12}",
        Name = $"{number:x12}",
        Network = "bridge",
        SandboxPath = $"/run/netns/{number}",
        SandboxIdentity = default,
        InterfaceName = InterfaceName.Parse("eth0"),
        HostInterface = InterfaceName.Parse($"veth{number}"),
        MacAddress = MacAddress.Parse($"02:42:ac:11:00:{number:x2}"),
        Addresses = [InterfaceAddress.Parse($"172.17.0.{number}/16")],
        Gateways = [],
        Ports = ValueList.From(Enumerable.Range(0, 10)
            .Select(port => new PublishedPort(IPAddress.Any, 10_000 + (10 * number) + port, 80 + port, TransportProtocol.Tcp))),
    };
}
