using BridgeNet.TestKit;

namespace BridgeNet.Trials.Stress;

/// <summary>A host with two networks and containers to attach, worked on by threads with a driver each and by processes of the binary.</summary>
internal sealed class StressWorld : IDisposable
{
    private readonly NetworkNamespace _host;
    private readonly World _world;

    public StressWorld(int containers)
    {
        _world = new World(containers);
        _host = NetworkNamespace.Open(_world.Host.Path);
        using BridgeDriver driver = OpenDriver();
        foreach (NetworkDefinition network in Networks)
        {
            _ = driver.EnsureNetwork(network);
        }
    }

    /// <summary>The networks that are there all the time.</summary>
    public static IReadOnlyList<NetworkDefinition> Networks { get; } =
    [
        NetworkDefinition.Docker0 with { IPv6 = true },
        new NetworkDefinition { Name = "small", Subnets = [SubnetDefinition.Parse("172.30.0.0/27")] },
    ];

    public Netns Host => _world.Host;

    public IReadOnlyList<Netns> Containers => _world.Containers;

    public string State => _world.StateDirectory;

    public BridgeDriver OpenDriver() => BridgeDriver.Open(new BridgeDriverOptions { HostNamespace = _host, StateDirectory = _world.StateDirectory });

    public void Dispose()
    {
        _host.Dispose();
        _world.Dispose();
    }
}
