using BridgeNet.TestKit;

using static BridgeNet.Integration.Tests.Stories.Rules.PacketCheck;

namespace BridgeNet.Integration.Tests.Stories.Rules;

/// <summary>What nobody may address.</summary>
internal static class GuardChecks
{
    public static IReadOnlyList<PacketCheck> All { get; } =
    [
        Let("inet guard: iifname \"lo\" accept", "a program of the host reaches a service of the host at 127.0.0.1", LocalService),
        Stop("inet guard: ip daddr 127.0.0.0/8 drop", "a container reaches what the host keeps at 127.0.0.1", LoopbackServiceFromContainer),
        Stop("inet guard: ip saddr 127.0.0.0/8 drop", "a container that nobody watches passes for localhost", ForgedSource),
        Let(
            "inet guard: ip daddr @unmasqueraded4 ct state established,related accept",
            "a container that goes out by its own address gets an answer",
            world => Unmasqueraded(world, "198.51.100.2:7000")),
        Let(
            "inet guard: ip6 daddr @unmasqueraded6 ct state established,related accept",
            "a container that goes out by its own address gets an answer",
            world => Unmasqueraded(world, "[2001:db8:2::2]:7000")),
        Stop(
            "inet guard: iifname != @bridges ip daddr @guarded4 iifname . ip daddr != @trusted4 drop",
            "a neighbour of the host reaches its service at 172.17.0.1",
            world => BridgeServiceFromOutside(world, "172.17.0.1", "ip route add 172.17.0.0/16 via 192.0.2.1", "172.17.0.1:7000")),
        Stop(
            "inet guard: iifname != @bridges ip6 daddr @guarded6 iifname . ip6 daddr != @trusted6 drop",
            "a neighbour of the host reaches its service at fd00:17::1",
            world => BridgeServiceFromOutside(world, "fd00:17::1", "ip route add fd00:17::/64 via 2001:db8:1::1", "[fd00:17::1]:7000")),
    ];

    private static Func<TimeSpan, Task<bool>> LocalService(DriverWorld world)
    {
        world.Host.ServeTcp("127.0.0.1", 7000);
        return Try.Connect(world.Host, "127.0.0.1:7000");
    }

    private static Func<TimeSpan, Task<bool>> LoopbackServiceFromContainer(DriverWorld world)
    {
        world.Host.ServeTcp("127.0.0.1", 7000);
        Container container = world.Attach();
        Attacker.SendLoopbackOut(container.Place, "eth0", "172.17.0.1");
        return Try.Connect(container.Place, "127.0.0.1:7000");
    }

    private static Func<TimeSpan, Task<bool>> ForgedSource(DriverWorld world)
    {
        BackgroundProcess service = Attacker.Log(world.Host, 7000);
        Container container = world.Attach(new EndpointRequest { AntiSpoofing = false });
        return _ => Task.FromResult(Attacker.DeliversFromLoopback(container.Place, service, "172.17.0.1:7000"));
    }

    private static Func<TimeSpan, Task<bool>> Unmasqueraded(DriverWorld world, string to)
    {
        Container container = world.AttachTo(RuleNetworks.Unmasqueraded);
        world.Router.RunOk(
            $"ip route add {container.Address} via 192.0.2.1 && ip route add {container.Endpoint.IPv6Address!.Address} via 2001:db8:1::1");
        world.Server.RunOk(
            $"ip route add {container.Address} via 198.51.100.1 && ip route add {container.Endpoint.IPv6Address!.Address} via 2001:db8:2::fe");
        world.Server.ServeTcp("::", 7000);
        return Try.Connect(container.Place, to);
    }

    private static Func<TimeSpan, Task<bool>> BridgeServiceFromOutside(DriverWorld world, string address, string route, string service)
    {
        world.Host.ServeTcp(address, 7000);
        world.Router.RunOk(route);
        return Try.Connect(world.Router, service);
    }
}
