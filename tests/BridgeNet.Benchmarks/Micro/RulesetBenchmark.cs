using System.Net;

using BenchmarkDotNet.Attributes;

using BridgeNet.Firewall;
using BridgeNet.Netlink;

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
    public void Setup() => _state = new FirewallState
    {
        Endpoints = ValueList.From(Enumerable.Range(0, Endpoints).Select(number => new ProtectedEndpoint(
            InterfaceName.Parse($"veth{number}"),
            MacAddress.Parse($"02:42:ac:11:00:{number:x2}"),
            [IPAddress.Parse($"172.17.0.{number}")],
            $"{number:x12}"))),
        Publications = ValueList.From(
            from number in Enumerable.Range(0, Endpoints)
            from port in Enumerable.Range(0, 10)
            select new Publication(
                IPAddress.Parse($"172.17.0.{number}"),
                new PublishedPort(IPAddress.Any, 10_000 + (10 * number) + port, 80 + port, TransportProtocol.Tcp),
                $"{number:x12}")),
    };

    [Benchmark]
    public int Compile_elements() => _state.Elements().Count();
}
