
using BridgeNet.Integration.Tests.Stories;
using BridgeNet.Netlink;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Coexistence;

/// <summary>
/// A world whose host is somebody else's as well: the network is made when that other is there, on the device of which the guide speaks.
/// </summary>
internal sealed class GuideWorld : IDisposable
{
    private static readonly NetworkDefinition s_definition = new()
    {
        Name = "web",
        Device = InterfaceName.Parse("br-web"),
        Subnets = [SubnetDefinition.Parse("10.210.0.0/24")],
    };

    private readonly DriverWorld _world = new(network: null);
    private WebServer? _web;

    public Netns Host => _world.Host;

    public Netns Server => _world.Server;

    /// <summary>The container with the page "ours", once there is one.</summary>
    public Container Container { get; private set; } = null!;

    /// <summary>Makes the network and a container with the page "ours" published at 8080.</summary>
    public void AddNetwork()
    {
        Container = _world.AttachTo(s_definition, "8080:80");
        _web = Container.Serve("ours");
    }

    /// <summary>Takes both away.</summary>
    public void RemoveNetwork()
    {
        _web?.Dispose();
        Container.Lease.Dispose();
        _world.Driver.RemoveNetwork(s_definition.Name);
    }

    /// <summary>BridgeNet's rules, as nft lists them.</summary>
    public string OurRules() => Host.RunOk("nft list table inet bridgenet");

    public void Dispose()
    {
        _web?.Dispose();
        _world.Dispose();
    }
}
