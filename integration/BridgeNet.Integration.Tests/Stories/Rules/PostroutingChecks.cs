using System.Net;

using static BridgeNet.Integration.Tests.Stories.Rules.PacketCheck;

namespace BridgeNet.Integration.Tests.Stories.Rules;

/// <summary>Where a container's own address would lead an answer astray.</summary>
internal static class PostroutingChecks
{
    private const string Outside4 = "198.51.100.2:7000", Outside6 = "[2001:db8:2::2]:7000";

    private static readonly IPAddress s_second = IPAddress.Parse("192.0.2.77"), s_second6 = IPAddress.Parse("2001:db8:1::77");

    public static IReadOnlyList<PacketCheck> All { get; } =
    [
        Let(
            "inet postrouting: oifname . ip saddr @homes4 ct status dnat masquerade",
            "a container whose network is not masqueraded reaches itself through its published port",
            world => Hairpin(world, "192.0.2.1:8080")),
        Let(
            "inet postrouting: oifname . ip6 saddr @homes6 ct status dnat masquerade",
            "a container whose network is not masqueraded reaches itself through its published port",
            world => Hairpin(world, "[2001:db8:1::1]:8080")),
        Let(
            "inet postrouting: oifname @bridges ip saddr @masqueraded4 ct status dnat masquerade",
            "a container reaches a server on its own network by the port that the server's other network publishes",
            world =>
            {
                Container client = world.AttachTo(RuleNetworks.Other), server = world.Attach("8080:80");
                _ = DriverWorld.Attach(world.Driver.EnsureNetwork(RuleNetworks.Other), server.Place);
                return Try.Connect(client.Place, "192.0.2.1:8080", server);
            }),
        Let(
            "inet postrouting: oifname @bridges ip6 saddr @masqueraded6 ct status dnat masquerade",
            "a container reaches itself through a port that its second network publishes",
            world =>
            {
                Container web = world.Attach();
                Network other = world.Driver.EnsureNetwork(RuleNetworks.Other);
                return Try.Connect(web.Place, "[2001:db8:1::1]:8080", DriverWorld.Attach(other, web.Place, DriverWorld.Publishing("8080:80")));
            }),
        Let(
            "inet postrouting: oifname @bridges ip saddr 127.0.0.0/8 masquerade",
            "the host reaches a published port at 127.0.0.1",
            world => Try.Connect(world.Host, "127.0.0.1:8080", world.Attach("8080:80"))),
        Let(
            "inet postrouting: oifname != @bridges snat ip to ip saddr map @sources4",
            "a container goes out by the address that its network names",
            world => BySource(world, "eth0", Outside4)),
        Let(
            "inet postrouting: oifname != @bridges snat ip6 to ip6 saddr map @sources6",
            "a container goes out by the address that its network names",
            world => BySource(world, "eth0", Outside6)),
        Let(
            "inet postrouting: ip saddr @masqueraded4 oifname != @bridges masquerade",
            "a container gets an answer from outside",
            world => Outbound(world, RuleNetworks.Docker0, Outside4)),
        Let(
            "inet postrouting: ip6 saddr @masqueraded6 oifname != @bridges masquerade",
            "a container gets an answer from outside",
            world => Outbound(world, RuleNetworks.Docker0, Outside6)),
        .. AdoptedChecks.Postrouting,
    ];

    /// <summary>A container's connection to a server that answers a second address of the host alone.</summary>
    /// <param name="world">The world.</param>
    /// <param name="device">The interface that has the host's addresses.</param>
    /// <param name="to">The server.</param>
    public static Func<TimeSpan, Task<bool>> BySource(DriverWorld world, string device, string to)
    {
        world.Host.RunOk($"ip addr add {s_second}/24 dev {device} && ip addr add {s_second6}/64 dev {device} nodad preferred_lft 0");
        string others = $"ip saddr != {s_second} tcp dport 7000 drop; ip6 saddr != {s_second6} tcp dport 7000 drop";
        world.Server.RunOk($"nft 'table inet only {{ chain in {{ type filter hook input priority 0; {others}; }}; }}'");
        return Outbound(world, RuleNetworks.Sourced with { IPv4Source = s_second, IPv6Source = s_second6 }, to);
    }

    private static Func<TimeSpan, Task<bool>> Outbound(DriverWorld world, NetworkDefinition network, string to)
    {
        world.Server.ServeTcp("::", 7000);
        return Try.Connect(world.AttachTo(network).Place, to);
    }

    private static Func<TimeSpan, Task<bool>> Hairpin(DriverWorld world, string to)
    {
        Container web = world.AttachTo(RuleNetworks.Unmasqueraded, "8080:80");
        return Try.Connect(web.Place, to, web);
    }
}
