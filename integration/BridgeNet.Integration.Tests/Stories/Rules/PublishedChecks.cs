using static BridgeNet.Integration.Tests.Stories.Rules.PacketCheck;

namespace BridgeNet.Integration.Tests.Stories.Rules;

/// <summary>How packets find the container behind a port of the host.</summary>
internal static class PublishedChecks
{
    private const string AtIPv4 = "192.0.2.1:8080", AtIPv6 = "[2001:db8:1::1]:8080";

    public static IReadOnlyList<PacketCheck> All { get; } =
    [
        Let("inet prerouting: fib daddr type local jump published", "somebody outside reaches a published port", FromOutside("8080:80", AtIPv4)),
        Let(
            "inet output: fib daddr type local jump published",
            "the host reaches a published port by its own address",
            world => Try.Connect(world.Host, AtIPv4, world.Attach("8080:80"))),
        Let("inet published: ip6 saddr ::1 return", "the host reaches its own service at ::1 beside a published port", OwnServiceAtLoopback),
        Let("inet published: ip6 saddr fe80::/10 return", "a neighbour reaches the host's service at its link-local address", OwnServiceAtLinkLocal),
        Let(
            "inet published: dnat ip to ip daddr . meta l4proto . th dport map @publish4",
            "a port published at one address is reached",
            FromOutside("192.0.2.1:8080:80", AtIPv4)),
        Let(
            "inet published: dnat ip6 to ip6 daddr . meta l4proto . th dport map @publish6",
            "a port published at one address is reached",
            FromOutside("[2001:db8:1::1]:8080:80", AtIPv6)),
        Let(
            "inet published: dnat ip to meta l4proto . th dport map @publish_any4",
            "a port published at every address is reached",
            FromOutside("8080:80", AtIPv4)),
        Let(
            "inet published: dnat ip6 to meta l4proto . th dport map @publish_any6",
            "a port published at every address is reached",
            FromOutside("8080:80", AtIPv6)),
        Let(
            "inet published: dnat ip to meta l4proto . th dport map @publish_ranges4",
            "a port of a published range is reached",
            FromOutsideToRange(AtIPv4)),
        Let(
            "inet published: dnat ip6 to meta l4proto . th dport map @publish_ranges6",
            "a port of a published range is reached",
            FromOutsideToRange(AtIPv6)),
    ];

    private static Func<DriverWorld, Func<TimeSpan, Task<bool>>> FromOutsideToRange(string to) =>
        world => Try.Connect(world.Server, to, world.Attach("8000-8099:8000-8099"), port: 8080);

    private static Func<DriverWorld, Func<TimeSpan, Task<bool>>> FromOutside(string port, string to) =>
        world => Try.Connect(world.Server, to, world.Attach(port));

    private static Func<TimeSpan, Task<bool>> OwnServiceAtLoopback(DriverWorld world)
    {
        _ = world.Attach("8080:80");
        world.Host.ServeTcp("::1", 8080);
        return Try.Connect(world.Host, "[::1]:8080");
    }

    private static Func<TimeSpan, Task<bool>> OwnServiceAtLinkLocal(DriverWorld world)
    {
        _ = world.Attach("8080:80");
        world.Host.ServeTcp("::", 8080);
        string address = world.Host.RunOk("ip -o -6 addr show dev eth0 scope link | awk '{print $4}' | cut -d/ -f1").Trim();
        int link = world.Router.Ip("link show dev host")[0].GetProperty("ifindex").GetInt32();
        return Try.Connect(world.Router, $"[{address}%{link}]:8080");
    }
}
