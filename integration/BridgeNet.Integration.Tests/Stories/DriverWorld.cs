
using BridgeNet.Netlink;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>A world whose host has a driver and the network docker0. Containers come by <see cref="Attach(string[])"/>.</summary>
internal sealed class DriverWorld : IDisposable
{
    /// <summary>A second network beside docker0.</summary>
    public static readonly NetworkDefinition Backend = new()
    {
        Name = "backend",
        Device = InterfaceName.Parse("br-backend"),
        Subnets = [SubnetDefinition.Parse("172.18.0.0/24")],
    };

    private readonly List<BridgeDriver> _drivers = [];
    private readonly NetworkNamespace _host;
    private readonly World _world = new();

    /// <param name="network">What to make; null for nothing yet.</param>
    public DriverWorld(NetworkDefinition? network)
    {
        try
        {
            _host = NetworkNamespace.Open(_world.Host.Path);
            Driver = OpenDriver();
            if (network is not null)
            {
                Network = Driver.EnsureNetwork(network);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public DriverWorld()
        : this(NetworkDefinition.Docker0)
    {
    }

    public BridgeDriver Driver { get; }

    public Network Network { get; } = null!;

    public Netns Host => _world.Host;

    public Netns Router => _world.Router;

    public Netns Server => _world.Server;

    public IReadOnlyList<Netns> Containers => _world.Containers;

    public string StateDirectory => _world.StateDirectory;

    public static EndpointRequest Publishing(params string[] ports) => new() { Publish = [.. Specs(ports)] };

    public static PortSpec[] Specs(params string[] ports) => [.. ports.Select(port => PortSpec.Parse(port))];

    /// <summary>One more driver of the same host and state, as another process has it.</summary>
    public BridgeDriver OpenDriver()
    {
        BridgeDriver driver = BridgeDriver.Open(new BridgeDriverOptions { HostNamespace = _host, StateDirectory = StateDirectory });
        _drivers.Add(driver);
        return driver;
    }

    /// <summary>A namespace without anything.</summary>
    public Netns AddContainer() => _world.AddContainer();

    /// <summary>A new container on docker0.</summary>
    public Container Attach(params string[] ports) => Attach(Publishing(ports));

    public Container Attach(EndpointRequest request) => Attach(Network, AddContainer(), request);

    public static Container Attach(Network network, Netns place, EndpointRequest? request = null)
    {
        using NetworkNamespace sandbox = NetworkNamespace.Open(place.Path);
        return new Container(place, network.Attach(sandbox, request));
    }

    /// <summary>A new container on a network beside docker0, which is made if it is not there.</summary>
    public Container AttachTo(NetworkDefinition network, params string[] ports) =>
        Attach(Driver.EnsureNetwork(network), AddContainer(), Publishing(ports));

    public void Dispose()
    {
        try
        {
            _drivers.ForEach(driver => driver.Dispose());
            _host?.Dispose();
        }
        finally
        {
            _world.Dispose();
        }
    }
}
