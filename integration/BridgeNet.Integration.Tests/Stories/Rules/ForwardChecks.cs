using System.Net;

using BridgeNet.Netlink;

using static BridgeNet.Integration.Tests.Stories.Rules.PacketCheck;

namespace BridgeNet.Integration.Tests.Stories.Rules;

/// <summary>What may pass into a network and out of one.</summary>
internal static class ForwardChecks
{
    /// <summary>Somebody's own port of the host, 9000 by UDP, leads to a container.</summary>
    private const string ForeignRedirect =
        "nft 'table ip foreign { chain in { type nat hook prerouting priority -110; ip daddr 192.0.2.1 udp dport 9000 dnat to ADDRESS:7000; }; }'";

    public static IReadOnlyList<PacketCheck> All { get; } =
    [
        Stop(
            "inet forward: iifname @internal iifname . oifname != @members drop",
            "a container of an internal network sends to a port that another network publishes",
            OutOfInternal),
        Stop(
            "inet forward: oifname @internal iifname . oifname != @members drop",
            "somebody's own redirect leads into an internal network",
            world => Redirected(world, world.AttachTo(RuleNetworks.Internal))),
        Let("inet forward: ct state established,related accept", "a container gets an answer from outside", Outbound),
        Stop(
            "inet forward: ct status dnat ip daddr . meta l4proto . th dport vmap @open4",
            "somebody reaches a port that is published for others",
            world => Limited(world, "192.0.2.1:8080", "10.0.0.0/8")),
        Stop(
            "inet forward: ct status dnat ip6 daddr . meta l4proto . th dport vmap @open6",
            "somebody reaches a port that is published for others",
            world => Limited(world, "[2001:db8:1::1]:8080", "fd00::/8")),
        Let("inet forward: ct status dnat accept", "somebody's own redirect leads to a container", world => Redirected(world, world.Attach())),
        Stop(
            "inet forward: iifname . oifname @quiet drop",
            "a container reaches a peer by way of the host",
            world => PeerByTheHost(world, RuleNetworks.Quiet, "172.21.0.1")),
        Let(
            "inet forward: iifname . oifname @members accept",
            "a container reaches a peer by way of the host",
            world => PeerByTheHost(world, RuleNetworks.Docker0, "172.17.0.1")),
        .. InvalidChecks.Forward,
        .. AdoptedChecks.Forward,
        Stop("inet forward: meta nfproto . oifname vmap @inbound", "a container reaches one of another network", OtherNetwork),
    ];

    /// <summary>A container whose port 80 is published at 8080 for some.</summary>
    public static Container AttachLimited(DriverWorld world, params string[] sources) => world.Attach(new EndpointRequest
    {
        Publish = [PortSpec.Parse("8080:80") with { Sources = ValueList.From(sources.Select(source => IPNetwork.Parse(source))) }],
    });

    private static Func<TimeSpan, Task<bool>> Limited(DriverWorld world, string to, string source) =>
        Try.Connect(world.Server, to, AttachLimited(world, source));

    private static Func<TimeSpan, Task<bool>> OutOfInternal(DriverWorld world)
    {
        Container server = world.Attach("9000:7000/udp");
        Container prisoner = world.AttachTo(RuleNetworks.Internal);
        prisoner.Place.RunOk("ip route add default via 172.19.0.1");
        return Try.Deliver(prisoner.Place, "192.0.2.1:9000", server.Place, 7000);
    }

    private static Func<TimeSpan, Task<bool>> Redirected(DriverWorld world, Container container)
    {
        world.Host.RunOk(ForeignRedirect.Replace("ADDRESS", $"{container.Address}", StringComparison.Ordinal));
        return Try.Deliver(world.Server, "192.0.2.1:9000", container.Place, 7000);
    }

    private static Func<TimeSpan, Task<bool>> Outbound(DriverWorld world)
    {
        world.Server.ServeTcp("0.0.0.0", 7000);
        return Try.Connect(world.Attach().Place, "198.51.100.2:7000");
    }

    private static Func<TimeSpan, Task<bool>> PeerByTheHost(DriverWorld world, NetworkDefinition network, string gateway)
    {
        Container one = world.AttachTo(network);
        Container two = world.AttachTo(network);
        one.Place.RunOk($"echo 0 | tee /proc/sys/net/ipv4/conf/*/accept_redirects && ip route add {two.Address}/32 via {gateway}");
        two.Place.RunOk($"echo 0 | tee /proc/sys/net/ipv4/conf/*/accept_redirects && ip route add {one.Address}/32 via {gateway}");
        return Try.Connect(one.Place, $"{two.Address}:80", two);
    }

    private static Func<TimeSpan, Task<bool>> OtherNetwork(DriverWorld world)
    {
        Container other = world.AttachTo(RuleNetworks.Other);
        return Try.Connect(world.Attach().Place, $"{other.Address}:80", other);
    }
}
