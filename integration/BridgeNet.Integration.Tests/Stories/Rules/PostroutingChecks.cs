using static BridgeNet.Integration.Tests.Stories.Rules.PacketCheck;

namespace BridgeNet.Integration.Tests.Stories.Rules;

/// <summary>Where a container's own address would lead an answer astray.</summary>
internal static class PostroutingChecks
{
    private const string Outside4 = "198.51.100.2:7000", Outside6 = "[2001:db8:2::2]:7000";

    public static IReadOnlyList<PacketCheck> All { get; } =
    [
        Let(
            "inet postrouting: oifname . ip saddr @homes4 ct status dnat masquerade",
            "a container reaches itself through its published port",
            world => Hairpin(world, "192.0.2.1:8080")),
        Let(
            "inet postrouting: oifname . ip6 saddr @homes6 ct status dnat masquerade",
            "a container reaches itself through its published port",
            world => Hairpin(world, "[2001:db8:1::1]:8080")),
        Let(
            "inet postrouting: oifname @bridges ip saddr 127.0.0.0/8 masquerade",
            "the host reaches a published port at 127.0.0.1",
            world => Try.Connect(world.Host, "127.0.0.1:8080", world.Attach("8080:80"))),
        Let(
            "inet postrouting: oifname != @bridges snat ip to ip saddr map @sources4",
            "a container that goes out by one address gets an answer",
            world => Outbound(world, RuleNetworks.Sourced, Outside4)),
        Let(
            "inet postrouting: oifname != @bridges snat ip6 to ip6 saddr map @sources6",
            "a container that goes out by one address gets an answer",
            world => Outbound(world, RuleNetworks.Sourced, Outside6)),
        Let(
            "inet postrouting: ip saddr @masqueraded4 oifname != @bridges masquerade",
            "a container gets an answer from outside",
            world => Outbound(world, RuleNetworks.Docker0, Outside4)),
        Let(
            "inet postrouting: ip6 saddr @masqueraded6 oifname != @bridges masquerade",
            "a container gets an answer from outside",
            world => Outbound(world, RuleNetworks.Docker0, Outside6)),
    ];

    private static Func<TimeSpan, Task<bool>> Outbound(DriverWorld world, NetworkDefinition network, string to)
    {
        world.Server.ServeTcp("::", 7000);
        return Try.Connect(world.AttachTo(network).Place, to);
    }

    private static Func<TimeSpan, Task<bool>> Hairpin(DriverWorld world, string to)
    {
        Container web = world.Attach("8080:80");
        return Try.Connect(web.Place, to, web);
    }
}
