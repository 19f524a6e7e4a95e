using BridgeNet.Netlink;
using BridgeNet.TestKit;

using static BridgeNet.Integration.Tests.Stories.Rules.PacketCheck;

namespace BridgeNet.Integration.Tests.Stories.Rules;

/// <summary>A host whose way out is a bridge that was adopted as a network: containers of other networks go out by it.</summary>
internal static class AdoptedChecks
{
    private const string Outside4 = "198.51.100.2:7000", Outside6 = "[2001:db8:2::2]:7000";

    private static readonly NetworkDefinition s_uplink = new()
    {
        Name = "uplink",
        Device = InterfaceName.Parse("uplink0"),
        Adopt = true,
        Subnets =
        [
            SubnetDefinition.Parse("192.0.2.0/24") with { Gateway = World.HostAddress },
            SubnetDefinition.Parse("2001:db8:1::/64") with { Gateway = World.HostAddress6 },
        ],
    };

    public static IReadOnlyList<PacketCheck> Forward { get; } =
    [
        Leaving("inet forward: oifname @adopted oifname . ip daddr != @homes4 accept", RuleNetworks.Docker0, Outside4),
        Leaving("inet forward: oifname @adopted oifname . ip6 daddr != @homes6 accept", RuleNetworks.Docker0, Outside6),
    ];

    public static IReadOnlyList<PacketCheck> Postrouting { get; } =
    [
        Leaving(
            "inet postrouting: oifname @adopted iifname . oifname != @members oifname . ip daddr != @homes4 snat ip to ip saddr map @sources4",
            network: null,
            Outside4),
        Leaving(
            "inet postrouting: oifname @adopted iifname . oifname != @members oifname . ip6 daddr != @homes6 snat ip6 to ip6 saddr map @sources6",
            network: null,
            Outside6),
        Leaving(
            "inet postrouting: oifname @adopted iifname . oifname != @members oifname . ip daddr != @homes4 ip saddr @masqueraded4 masquerade",
            RuleNetworks.Docker0,
            Outside4),
        Leaving(
            "inet postrouting: oifname @adopted iifname . oifname != @members oifname . ip6 daddr != @homes6 ip6 saddr @masqueraded6 masquerade",
            RuleNetworks.Docker0,
            Outside6),
    ];

    /// <param name="rule">The rule.</param>
    /// <param name="network">The container's network; null for one that names the address by which it goes out.</param>
    /// <param name="to">Whom it asks.</param>
    private static PacketCheck Leaving(string rule, NetworkDefinition? network, string to) =>
        Let(rule, "a container gets an answer from outside, by a bridge that is itself a network", world =>
        {
            world.Host.RunOk("ip link add uplink0 type bridge && ip link set uplink0 up && ip link set eth0 master uplink0");
            world.Host.RunOk("ip addr flush dev eth0 && ip addr add 192.0.2.1/24 dev uplink0 && ip addr add 2001:db8:1::1/64 dev uplink0 nodad");
            world.Host.RunOk($"ip route replace default via {World.RouterAddress} && ip -6 route replace default via 2001:db8:1::fe");
            world.Driver.EnsureNetwork(s_uplink);
            if (network is null)
            {
                return PostroutingChecks.BySource(world, "uplink0", to);
            }
            world.Server.ServeTcp("::", 7000);
            return Try.Connect(world.AttachTo(network).Place, to);
        });
}
