using static BridgeNet.Integration.Tests.Stories.Rules.PacketCheck;

namespace BridgeNet.Integration.Tests.Stories.Rules;

/// <summary>Who gets into a network of which mode.</summary>
internal static class GatewayModeChecks
{
    public static IReadOnlyList<PacketCheck> All { get; } =
    [
        Stop(
            "inet into_nat: iifname @bridges drop",
            "a container reaches the published port of another network's at its own address",
            PublishedOfOtherNetwork),
        Let(
            "inet into_nat: ip daddr . meta l4proto . th dport vmap @open4",
            "a trusted neighbour reaches a published port directly",
            IntoTrusting4(80)),
        Let("inet into_nat: ip6 daddr . meta l4proto . th dport vmap @open6", "a trusted neighbour reaches a published port directly", IntoTrusting6),
        Let(
            "inet into_nat: ip daddr . meta l4proto . th dport vmap @open_ranges4",
            "a trusted neighbour reaches a port of a published range directly",
            IntoRange(RuleNetworks.Trusting, isIPv6: false)),
        Let(
            "inet into_nat: ip6 daddr . meta l4proto . th dport vmap @open_ranges6",
            "a trusted neighbour reaches a port of a published range directly",
            IntoRange(RuleNetworks.Trusting, isIPv6: true)),
        Stop("inet into_nat: drop", "a trusted neighbour reaches another port directly", IntoTrusting4(81)),
        Let(
            "inet into_routed: meta l4proto icmp accept",
            "a container of a routed network answers to ping",
            world => PingRouted(world, isIPv6: false)),
        Let(
            "inet into_routed: meta l4proto ipv6-icmp accept",
            "a container of a routed network answers to ping",
            world => PingRouted(world, isIPv6: true)),
        Let("inet into_routed: ip daddr . meta l4proto . th dport vmap @open4", "a published port of a routed network is reached", IntoRouted4(80)),
        Let("inet into_routed: ip6 daddr . meta l4proto . th dport vmap @open6", "a published port of a routed network is reached", IntoRouted6),
        Let(
            "inet into_routed: ip daddr . meta l4proto . th dport vmap @open_ranges4",
            "a port of a published range of a routed network is reached",
            IntoRange(RuleNetworks.Routed, isIPv6: false)),
        Let(
            "inet into_routed: ip6 daddr . meta l4proto . th dport vmap @open_ranges6",
            "a port of a published range of a routed network is reached",
            IntoRange(RuleNetworks.Routed, isIPv6: true)),
        Stop("inet into_routed: drop", "another port of a routed network is reached", IntoRouted4(81)),
        Let(
            "inet limits: ip saddr . ip daddr . meta l4proto . th dport @admitted4 accept",
            "somebody reaches a port that is published for him",
            world => Try.Connect(world.Server, "192.0.2.1:8080", ForwardChecks.AttachLimited(world, "198.51.100.0/24"))),
        Let(
            "inet limits: ip6 saddr . ip6 daddr . meta l4proto . th dport @admitted6 accept",
            "somebody reaches a port that is published for him",
            world => Try.Connect(world.Server, "[2001:db8:1::1]:8080", ForwardChecks.AttachLimited(world, "2001:db8:2::/64"))),
        Stop(
            "inet limits: drop",
            "somebody reaches a port that is published for others",
            world => Try.Connect(world.Server, "192.0.2.1:8080", ForwardChecks.AttachLimited(world, "10.0.0.0/8"))),
    ];

    private static Func<TimeSpan, Task<bool>> PublishedOfOtherNetwork(DriverWorld world)
    {
        Container other = world.AttachTo(RuleNetworks.Other, "8080:80");
        return Try.Connect(world.Attach().Place, $"{other.Address}:80", other);
    }

    private static Func<DriverWorld, Func<TimeSpan, Task<bool>>> IntoTrusting4(int port) =>
        world => Directly(world, RuleNetworks.Trusting, port, isIPv6: false);

    private static Func<TimeSpan, Task<bool>> IntoTrusting6(DriverWorld world) => Directly(world, RuleNetworks.Trusting, 80, isIPv6: true);

    private static Func<DriverWorld, Func<TimeSpan, Task<bool>>> IntoRouted4(int port) =>
        world => Directly(world, RuleNetworks.Routed, port, isIPv6: false);

    private static Func<TimeSpan, Task<bool>> IntoRouted6(DriverWorld world) => Directly(world, RuleNetworks.Routed, 80, isIPv6: true);

    /// <summary>The router knows the way to a container of which port 80 is published.</summary>
    private static Func<TimeSpan, Task<bool>> Directly(DriverWorld world, NetworkDefinition network, int port, bool isIPv6)
    {
        Container server = AttachWithRoute(world, network);
        return Try.Connect(world.Router, isIPv6 ? $"[{server.Endpoint.IPv6Address!.Address}]:{port}" : $"{server.Address}:{port}", server, port);
    }

    private static Func<DriverWorld, Func<TimeSpan, Task<bool>>> IntoRange(NetworkDefinition network, bool isIPv6) => world =>
    {
        Container server = AttachWithRoute(world, network, "8000-8099:8000-8099");
        return Try.Connect(world.Router, isIPv6 ? $"[{server.Endpoint.IPv6Address!.Address}]:8050" : $"{server.Address}:8050", server, 8050);
    };

    private static Func<TimeSpan, Task<bool>> PingRouted(DriverWorld world, bool isIPv6)
    {
        Container server = AttachWithRoute(world, RuleNetworks.Routed);
        return Try.Ping(world.Router, isIPv6 ? $"{server.Endpoint.IPv6Address!.Address}" : $"{server.Address}");
    }

    private static Container AttachWithRoute(DriverWorld world, NetworkDefinition network, string published = "8080:80")
    {
        Container server = world.AttachTo(network, published);
        world.Router.RunOk($"ip route add {server.Address} via 192.0.2.1 && ip route add {server.Endpoint.IPv6Address!.Address} via 2001:db8:1::1");
        return server;
    }
}
