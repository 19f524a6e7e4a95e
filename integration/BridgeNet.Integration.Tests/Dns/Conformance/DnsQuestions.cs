using System.Net.Sockets;

using static BridgeNet.Integration.Tests.Dns.Conformance.MessageBytes;

namespace BridgeNet.Integration.Tests.Dns.Conformance;

/// <summary>The questions of the table in docs/dns.md, in its order.</summary>
internal static class DnsQuestions
{
    /// <summary>A name of 241 bytes that ten containers have: an answer with their AAAA records has at least 537 bytes.</summary>
    public static string Long { get; } = string.Join('.', Enumerable.Repeat(new string('l', 59), 4));

    public static IReadOnlyList<DnsQuestion> All { get; } =
        [.. Names, .. Flags, .. Classes, .. Damaged, .. Extensions, .. Sizes, .. Forwarded, .. ByTcp];

    private static IEnumerable<DnsQuestion> Names =>
    [
        new("`web` A", Ask("web")),
        new("`web` AAAA", Ask("web", Aaaa)),
        new("`wEB` A, in another case", Ask("wEB")),
        new("`web` ANY", Ask("web", Any)),
        new("`web` MX", Ask("web", MX)),
        new("`web` HTTPS", Ask("web", Https)),
        new("`db` AAAA, of a container without IPv6", Ask("db", Aaaa)),
        new("`www` A, of two containers", Ask("www")),
        new("`web.dns.podman` A", Ask("web.dns.podman")),
        new("`web.n1` A, with the network's name", Ask("web.n1")),
        new("`dns.podman` SOA", Ask("dns.podman", SOA)),
        new("`nope` A", Ask("nope")),
        new("`nope.dns.podman` A", Ask("nope.dns.podman")),
        new("`x.web.dns.podman` A, below a container", Ask("x.web.dns.podman")),
        new("`far` A, on another network", Ask("far")),
        new("`host.example` A, from an internal network", Ask("host.example")) { Asker = "inner" },
        new("PTR of `web`'s IPv4 address", Ask(Reverse("10.89.1.2"), Ptr)),
        new("PTR of `web`'s IPv6 address", Ask(Reverse("fd00:1::2"), Ptr)),
        new("PTR of an address that nobody has", Ask(Reverse("10.89.1.200"), Ptr)),
        new("PTR of a container on another network", Ask(Reverse("10.89.3.2"), Ptr)),
        new("`.` NS", Ask("", NS)),
    ];

    private static IEnumerable<DnsQuestion> Flags =>
    [
        new("`web` A without RD", Ask("web", flags: 0)),
        new("`web` A with AD", Ask("web", flags: 0x0120)),
        new("`web` A with CD", Ask("web", flags: 0x0110)),
        new("an answer (QR)", Ask("web", flags: 0x8100)),
        new("NOTIFY", Ask("web", flags: 0x2100)),
        new("UPDATE", Ask("web", flags: 0x2900)),
    ];

    private static IEnumerable<DnsQuestion> Classes =>
    [
        new("`web` A in class CH", Ask("web", @class: 3)),
        new("`version.bind` TXT in class CH", Ask("version.bind", Txt, @class: 3)),
        new("`web` AXFR by TCP", Ask("web", Axfr)) { Protocol = ProtocolType.Tcp },
    ];

    private static IEnumerable<DnsQuestion> Damaged =>
    [
        new("no question", Header(RecursionDesired, questions: 0)),
        new("two questions", [.. Header(RecursionDesired, questions: 2), .. Question("web"), .. Question("db")]),
        new("11 bytes", Header(RecursionDesired, questions: 0)[..11]),
        new("a label of 64 bytes", [.. Header(RecursionDesired, questions: 1), 64, .. new byte[64], 0, 0, 1, 0, 1]),
        new("a name that points at itself", [.. Header(RecursionDesired, questions: 1), 0xc0, 12, 0, 1, 0, 1]),
        new("a name of 257 bytes", Ask(string.Join('.', Enumerable.Repeat(new string('l', 63), 4)))),
    ];

    private static IEnumerable<DnsQuestion> Extensions =>
    [
        new("`web` A with EDNS", AskWithEdns("web")),
        new("EDNS version 1", AskWithEdns("web", version: 1)),
        new("two OPT records", Ask("web", behind: [.. Edns(1232), .. Edns(1232)], records: 2)),
        new("an OPT record of `web`", Ask("web", behind: Edns(1232, owner: "web"), records: 1)),
        new("`web` A with DO", AskWithEdns("web", isDnssecWanted: true)),
        new("`web` A with a cookie and an unknown option", AskWithEdns("web", options: [0, 10, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8, 0xfd, 0xe9, 0, 1, 9])),
        new("NOTIFY with EDNS", AskWithEdns("web", flags: 0x2100)),
    ];

    private static IEnumerable<DnsQuestion> Sizes =>
    [
        new("`long` AAAA, more than 512 bytes", Ask(Long, Aaaa)),
        new("`long` AAAA with EDNS size 100", AskWithEdns(Long, Aaaa, size: 100)),
        new("`long` AAAA by TCP", Ask(Long, Aaaa)) { Protocol = ProtocolType.Tcp },
    ];

    private static IEnumerable<DnsQuestion> Forwarded =>
    [
        new("`host.example` A", Ask("host.example")),
        new("`gone.example` A: the server says NXDOMAIN", Ask("gone.example")),
        new("`failfirst.example` A: the first server says SERVFAIL", Ask("failfirst.example")),
        new("`refusefirst.example` A: the first server says REFUSED", Ask("refusefirst.example")),
        new("`fail.example` A: both say SERVFAIL", Ask("fail.example")),
        new("`silent.example` A: both are silent", Ask("silent.example")),
        new("`host.example` A, the server's port is closed", Ask("host.example")) { Asker = "closed" },
        new("`big.example` A, more than 512 bytes", Ask("big.example")),
        new("`big.example` A with EDNS size 4096", AskWithEdns("big.example", size: 4096)),
        new("`big.example` A by TCP", Ask("big.example")) { Protocol = ProtocolType.Tcp },
        new("`host.example` A with EDNS and DO", AskWithEdns("host.example", isDnssecWanted: true)),
    ];

    private static IEnumerable<DnsQuestion> ByTcp =>
    [
        new("`web` A by TCP", Ask("web")) { Protocol = ProtocolType.Tcp },
        new("`silent.example`, then `web`, on one connection", Ask("silent.example"), Ask("web", id: 2)) { Protocol = ProtocolType.Tcp },
        new("an empty message, then `web`, on one connection", [], Ask("web")) { Protocol = ProtocolType.Tcp },
    ];
}
