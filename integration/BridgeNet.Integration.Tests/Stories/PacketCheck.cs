using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>What a rule of the table is for: a packet that gets through with the rule and not without it, or the other way round.</summary>
/// <param name="Rule">The rule, as <see cref="TableRule.ToString"/> has it.</param>
/// <param name="What">The packet, in words.</param>
/// <param name="Passes">Whether it is to get through.</param>
/// <param name="Arrange">Sets the scene; the result sends a packet and says whether it got through within a time.</param>
internal sealed record PacketCheck(string Rule, string What, bool Passes, Func<DriverWorld, Func<TimeSpan, Task<bool>>> Arrange)
{
    /// <summary>One for each rule, in the order of the table.</summary>
    public static IReadOnlyList<PacketCheck> All { get; } =
    [
        Let("guard: iifname \"lo\" accept", "a program of the host reaches a service of the host at 127.0.0.1", LocalService),
        Stop("guard: ip daddr 127.0.0.0/8 drop", "a container reaches what the host keeps at 127.0.0.1", LoopbackServiceFromContainer),
        Stop("guard: ip saddr 127.0.0.0/8 drop", "a container passes for localhost", ForgedSource),
        Stop("guard: iifname != @bridges ip daddr @subnets drop", "a neighbour of the host reaches its service at 172.17.0.1", BridgeServiceFromOutside),

        Let("prerouting: fib daddr type local jump published", "somebody outside reaches a published port", PublishedFromOutside),
        Let("output: fib daddr type local jump published", "the host reaches a published port by its own address", PublishedFromHost),
        Let("published: dnat ip to ip daddr . meta l4proto . th dport map @publish", "a port published at one address is reached", PublishedAtOneAddress),
        Let("published: dnat ip to meta l4proto . th dport map @publish_any", "a port published at every address is reached", PublishedFromOutside),

        Let("forward: ct state established,related accept", "a container gets an answer from outside", Outbound),
        Let("forward: ct status dnat accept", "somebody outside reaches a published port", PublishedFromOutside),
        Let("forward: iifname . oifname @members accept", "a container reaches a peer by way of the host", PeerByTheHost),
        Stop("forward: oifname @bridges drop", "a container reaches one of another network", OtherNetwork),

        Let("postrouting: oifname . ip saddr @homes ct status dnat masquerade", "a container reaches itself through its published port", Hairpin),
        Let("postrouting: oifname @bridges ip saddr 127.0.0.0/8 masquerade", "the host reaches a published port at 127.0.0.1", PublishedAtLocalhost),
        Let("postrouting: ip saddr @subnets oifname != @bridges masquerade", "a container gets an answer from outside", Outbound),
    ];

    private static PacketCheck Let(string rule, string what, Func<DriverWorld, Func<TimeSpan, Task<bool>>> arrange) => new(rule, what, Passes: true, arrange);

    private static PacketCheck Stop(string rule, string what, Func<DriverWorld, Func<TimeSpan, Task<bool>>> arrange) => new(rule, what, Passes: false, arrange);

    private static Func<TimeSpan, Task<bool>> Connect(Netns from, string to) => patience => from.ReachesAsync(to, patience);

    private static Func<TimeSpan, Task<bool>> LocalService(DriverWorld world)
    {
        world.Host.ServeTcp("127.0.0.1", 7000);
        return Connect(world.Host, "127.0.0.1:7000");
    }

    private static Func<TimeSpan, Task<bool>> LoopbackServiceFromContainer(DriverWorld world)
    {
        world.Host.ServeTcp("127.0.0.1", 7000);
        Container container = world.Attach();
        Attacker.SendLoopbackOut(container.Place, "eth0", "172.17.0.1");
        return Connect(container.Place, "127.0.0.1:7000");
    }

    private static Func<TimeSpan, Task<bool>> ForgedSource(DriverWorld world)
    {
        BackgroundProcess service = Attacker.Log(world.Host, 7000);
        Container container = world.Attach();
        return _ => Task.FromResult(Attacker.DeliversFromLoopback(container.Place, service, "172.17.0.1:7000"));
    }

    private static Func<TimeSpan, Task<bool>> BridgeServiceFromOutside(DriverWorld world)
    {
        world.Host.ServeTcp("172.17.0.1", 7000);
        world.Router.RunOk("ip route add 172.17.0.0/16 via 192.0.2.1");
        return Connect(world.Router, "172.17.0.1:7000");
    }

    private static Func<TimeSpan, Task<bool>> PublishedFromOutside(DriverWorld world) => Published(world, world.Server, "8080:80", "192.0.2.1:8080");

    private static Func<TimeSpan, Task<bool>> PublishedFromHost(DriverWorld world) => Published(world, world.Host, "8080:80", "192.0.2.1:8080");

    private static Func<TimeSpan, Task<bool>> PublishedAtOneAddress(DriverWorld world) =>
        Published(world, world.Server, "192.0.2.1:8080:80", "192.0.2.1:8080");

    private static Func<TimeSpan, Task<bool>> PublishedAtLocalhost(DriverWorld world) => Published(world, world.Host, "8080:80", "127.0.0.1:8080");

    private static Func<TimeSpan, Task<bool>> Published(DriverWorld world, Netns from, string port, string to)
    {
        world.Attach(port).Place.ServeTcp("0.0.0.0", 80);
        return Connect(from, to);
    }

    private static Func<TimeSpan, Task<bool>> Outbound(DriverWorld world)
    {
        world.Server.ServeTcp("0.0.0.0", 7000);
        return Connect(world.Attach().Place, "198.51.100.2:7000");
    }

    private static Func<TimeSpan, Task<bool>> PeerByTheHost(DriverWorld world)
    {
        Container one = world.Attach();
        Container two = world.Attach();
        two.Place.ServeTcp("0.0.0.0", 80);
        one.Place.RunOk($"echo 0 | tee /proc/sys/net/ipv4/conf/*/accept_redirects && ip route add {two.Address}/32 via 172.17.0.1");
        return Connect(one.Place, $"{two.Address}:80");
    }

    private static Func<TimeSpan, Task<bool>> OtherNetwork(DriverWorld world)
    {
        Container other = world.AttachTo(DriverWorld.Backend);
        other.Place.ServeTcp("0.0.0.0", 80);
        return Connect(world.Attach().Place, $"{other.Address}:80");
    }

    private static Func<TimeSpan, Task<bool>> Hairpin(DriverWorld world)
    {
        Container web = world.Attach("8080:80");
        web.Place.ServeTcp("0.0.0.0", 80);
        return Connect(web.Place, "192.0.2.1:8080");
    }
}
