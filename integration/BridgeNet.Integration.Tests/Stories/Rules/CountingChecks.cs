using BridgeNet.TestKit;

using static BridgeNet.Integration.Tests.Stories.Rules.PacketCheck;

namespace BridgeNet.Integration.Tests.Stories.Rules;

/// <summary>What goes through published ports is counted, both ways.</summary>
internal static class CountingChecks
{
    private const string Question = "a question and its answer are counted as two packets";

    public static IReadOnlyList<PacketCheck> Replies { get; } =
    [
        Let("inet count_replies: ct status dnat ct direction reply ip saddr . meta l4proto . th sport @traffic4", Question, IPv4),
        Let("inet count_replies: ct status dnat ct direction reply ip6 saddr . meta l4proto . th sport @traffic6", Question, IPv6),
        Let("inet count_replies: ct status dnat ct direction reply ip saddr . meta l4proto . th sport @traffic_ranges4", Question, RangeOfIPv4),
        Let("inet count_replies: ct status dnat ct direction reply ip6 saddr . meta l4proto . th sport @traffic_ranges6", Question, RangeOfIPv6),
    ];

    public static IReadOnlyList<PacketCheck> Requests { get; } =
    [
        Let("inet count_requests: ct status dnat ct direction original ip daddr . meta l4proto . th dport @traffic4", Question, IPv4),
        Let("inet count_requests: ct status dnat ct direction original ip6 daddr . meta l4proto . th dport @traffic6", Question, IPv6),
        Let("inet count_requests: ct status dnat ct direction original ip daddr . meta l4proto . th dport @traffic_ranges4", Question, RangeOfIPv4),
        Let("inet count_requests: ct status dnat ct direction original ip6 daddr . meta l4proto . th dport @traffic_ranges6", Question, RangeOfIPv6),
    ];

    private static Func<TimeSpan, Task<bool>> IPv4(DriverWorld world) => Counted(world, "192.0.2.1:5300", "traffic4");

    private static Func<TimeSpan, Task<bool>> IPv6(DriverWorld world) => Counted(world, "[2001:db8:1::1]:5300", "traffic6");

    private static Func<TimeSpan, Task<bool>> RangeOfIPv4(DriverWorld world) =>
        Counted(world, "192.0.2.1:5300", "traffic_ranges4", "5250-5349:3-102/udp");

    private static Func<TimeSpan, Task<bool>> RangeOfIPv6(DriverWorld world) =>
        Counted(world, "[2001:db8:1::1]:5300", "traffic_ranges6", "5250-5349:3-102/udp");

    private static Func<TimeSpan, Task<bool>> Counted(DriverWorld world, string to, string set, string port = "5300:53/udp")
    {
        Container server = world.Attach(port);
        BackgroundProcess echo = server.Place.Start("socat", "UDP6-RECVFROM:53,ipv6only=0,fork", "EXEC:cat");
        echo.Until(() => server.Place.Listens(System.Net.Sockets.ProtocolType.Udp, 53), "socat is bound to port 53");
        return Try.CountTwo(world, world.Server, to, set);
    }
}
