using System.Globalization;
using System.Net;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Cli.Demo;

/// <summary>The network: docker0 with 172.17.0.1/16, or another device and subnet if those are taken.</summary>
internal static class NetworkStep
{
    /// <summary>Docker's pools of /16 end at 172.31.0.0.</summary>
    private const int FirstPool = 17, LastPool = 31;

    /// <summary>Makes the network and reads it back.</summary>
    /// <exception cref="DemoException">Nothing is free, or the kernel shows something else.</exception>
    public static Network Take(DemoScene scene)
    {
        NetworkDefinition definition = Choose(scene);
        Network network = scene.Driver.EnsureNetwork(definition);
        scene.Undoing.Add($"network {network.Name}", () => scene.Driver.RemoveNetwork(network.Name));

        Link bridge = scene.View.Link(definition.Device!.Value);
        InterfaceAddress address = scene.View.Address(bridge);
        if (bridge is not { Kind: BridgeKind, IsUp: true } || address != network.Gateways[0])
        {
            throw new DemoException($"the kernel shows {bridge.Name} with {address}, where a bridge with {network.Gateways[0]} was to be");
        }
        scene.Narrator.Tick($"network \"{network.Name}\": the bridge {bridge.Name} is up and has the address {address}");
        return network;
    }

    private static NetworkDefinition Choose(DemoScene scene)
    {
        NetworkDefinition usual = NetworkDefinition.Docker0;
        NetworkDefinition chosen = usual with
        {
            Name = NameFor(scene.Driver, usual.Name),
            Device = scene.Options.Device ?? DeviceFor(scene.View, usual.Device!.Value),
            Subnets = [new SubnetDefinition { Subnet = SubnetFor(scene.View) }],
        };
        if (chosen.Device != usual.Device && scene.Options.Device is null)
        {
            scene.Narrator.Note($"{usual.Device} is there already: the demo leaves it alone and makes {chosen.Device}");
        }
        IPNetwork first = SubnetOf(FirstPool);
        if (!chosen.Subnets[0].Subnet.Equals(first))
        {
            scene.Narrator.Note($"{first} is in use here: the demo takes {chosen.Subnets[0].Subnet}");
        }
        return chosen;
    }

    private static string NameFor(BridgeDriver driver, string usual) =>
        driver.FindNetwork(usual) is null ? usual : $"demo-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}";

    private static InterfaceName DeviceFor(HostView view, InterfaceName usual)
    {
        HashSet<string> taken = [.. view.Route.ListLinks().Select(link => link.Name.ToString())];
        return Enumerable.Range(0, taken.Count + 1)
            .Select(number => InterfaceName.Parse($"br-demo{number.ToString(CultureInfo.InvariantCulture)}"))
            .Prepend(usual)
            .First(name => !taken.Contains(name.ToString()));
    }

    private static IPNetwork SubnetOf(int pool) => new(new IPAddress([172, (byte)pool, 0, 0]), 16);

    private static IPNetwork SubnetFor(HostView view)
    {
        for (int pool = FirstPool; pool <= LastPool; pool++)
        {
            IPNetwork subnet = SubnetOf(pool);
            if (view.IsFree(subnet))
            {
                return subnet;
            }
        }
        throw new DemoException($"the host has routes into each of 172.{FirstPool}.0.0/16 to 172.{LastPool}.0.0/16: try unshare -n bridgenet demo");
    }
}
