using System.Net;

using BenchmarkDotNet.Attributes;

using BridgeNet.Core.Addressing;

namespace BridgeNet.Benchmarks.Micro;

/// <summary>The next address behind another; the first of a /8 costs what that of a /24 does.</summary>
[MemoryDiagnoser]
public class AllocatorBenchmark
{
    private readonly AddressPool _small = new(IPNetwork.Parse("172.17.0.0/24"), IPAddress.Parse("172.17.0.1"));
    private readonly AddressPool _large = new(IPNetwork.Parse("10.0.0.0/8"), IPAddress.Parse("10.0.0.1"));
    private readonly IPAddress _lastOfSmall = IPAddress.Parse("172.17.0.77"), _lastOfLarge = IPAddress.Parse("10.77.77.77");

    [Benchmark(Baseline = true)]
    public IPAddress Next_of_a_slash_24() => _small.From(_lastOfSmall).First();

    [Benchmark]
    public IPAddress Next_of_a_slash_8() => _large.From(_lastOfLarge).First();
}
