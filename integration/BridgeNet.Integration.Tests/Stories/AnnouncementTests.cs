using System.Net;
using System.Text.RegularExpressions;

using BridgeNet.Announcing;
using BridgeNet.Netlink.Route;
using BridgeNet.TestKit;

using Microsoft.Extensions.Logging.Abstractions;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>What the neighbours of a container hear of its addresses, with tcpdump as the witness.</summary>
public sealed class AnnouncementTests
{
    private static readonly IPAddress[] s_addresses = [IPAddress.Parse("172.17.0.2"), IPAddress.Parse("fd00::2")];
    /// <summary>Of both families, and without announcements of its own.</summary>
    private static readonly NetworkDefinition s_silent = NetworkDefinition.Docker0 with
    {
        Subnets = [SubnetDefinition.Parse("172.17.0.0/16"), SubnetDefinition.Parse("fd00::/64")],
        Announcements = 0,
    };

    private static readonly TimeSpan s_interval = Announcer.ShortestInterval;

    [Fact]
    public void A_peer_hears_each_address_as_often_as_was_asked()
    {
        using DriverWorld world = new(s_silent);
        Container web = world.Attach();
        BackgroundProcess tcpdump = Listen(world.Attach());
        using Announcer announcer = new(NullLogger.Instance);

        Announce(announcer, web, count: 3);

        tcpdump.Until(() => Arp(tcpdump.Output, web) == 3 && Advertisements(tcpdump.Output, web) == 3, "three of each");
        tcpdump.Output.Should().NotContain("bad icmp6 cksum").And.Contain("[icmp6 sum ok]");
    }

    [Fact]
    public void The_first_are_on_the_wire_when_the_call_returns()
    {
        using DriverWorld world = new(s_silent);
        Container web = world.Attach();
        Container peer = world.Attach();
        foreach (IPAddress address in s_addresses)
        {
            peer.Place.RunOk($"ip neigh replace {address} lladdr 02:00:00:00:00:99 dev eth0 nud stale");
        }
        using Announcer announcer = new(NullLogger.Instance);

        Announce(announcer, web, count: 1);
        string neighbours = peer.Place.RunOk("ip neigh show dev eth0");

        neighbours.Should().Contain($"172.17.0.2 lladdr {web.Endpoint.MacAddress} ").And.Contain($"fd00::2 lladdr {web.Endpoint.MacAddress} ");
    }

    [Fact]
    public void Right_behind_an_attach_the_first_is_not_lost()
    {
        using DriverWorld world = new(s_silent);
        BackgroundProcess tcpdump = Listen(world.Attach());
        using Announcer announcer = new(NullLogger.Instance);
        using NetworkNamespace hostNamespace = NetworkNamespace.Open(world.Host.Path);
        using RouteSocket host = hostNamespace.Run(RouteSocket.Open);
        Netns[] places = [.. Enumerable.Range(0, 20).Select(_ => world.AddContainer())];

        Container[] containers = [.. places.Select(place => AttachAndAnnounce(world, host, place, announcer))];

        tcpdump.Until(() => containers.All(container => Arp(tcpdump.Output, container) == 1), "one of each");
    }

    [Fact]
    public void What_is_cancelled_is_not_sent()
    {
        using DriverWorld world = new(s_silent);
        Container web = world.Attach();
        Container clock = world.Attach();
        BackgroundProcess tcpdump = Listen(world.Attach());
        using Announcer announcer = new(NullLogger.Instance);
        Announcer ended = new(NullLogger.Instance);

        Announce(announcer, web, count: 3).Dispose();
        Announce(ended, web, count: 3);
        ended.Dispose();
        Announce(announcer, clock, count: 3);
        tcpdump.Until(() => Arp(tcpdump.Output, clock) == 3, "the last of one who began later");

        Arp(tcpdump.Output, web).Should().Be(2, "each of the two was cancelled behind its first");
    }

    [Fact]
    public void Asked_for_none_it_sends_none()
    {
        using DriverWorld world = new(s_silent);
        Container web = world.Attach();
        Container clock = world.Attach();
        BackgroundProcess tcpdump = Listen(world.Attach());
        using Announcer announcer = new(NullLogger.Instance);

        Announce(announcer, web, count: 0);
        Announce(announcer, clock, count: 1);
        tcpdump.Until(() => Arp(tcpdump.Output, clock) == 1, "one who announces");

        Arp(tcpdump.Output, web).Should().Be(0);
    }

    [Fact]
    public void What_cannot_be_sent_is_logged_once_and_fails_nobody()
    {
        using DriverWorld world = new(s_silent);
        Container web = world.Attach();
        RecordingLogger logger = new();
        using Announcer announcer = new(logger);
        web.Place.RunOk("ip link set eth0 down");

        IDisposable announcement = Announce(announcer, web, count: 2);
        Announce(announcer, web, count: 1, index: 4321);

        logger.Lines.Should().HaveCount(2);
        logger.Lines[0].Should().Be("Warning: an address is not announced to its neighbours: ENETDOWN (Network is down)");
        logger.Lines[1]
            .Should().StartWith("Warning: the addresses in").And.EndWith("bind a packet socket to interface 4321: ENODEV (No such device)");
        announcement.Dispose();
    }

    [Fact]
    public void The_namespace_of_a_container_that_ends_is_let_go()
    {
        using DriverWorld world = new(s_silent);
        Container web = world.Attach();
        RecordingLogger logger = new();
        using Announcer announcer = new(logger);

        Announce(announcer, web, count: 3);
        web.Lease.Dispose();
        Eventually.Until(() => logger.Lines.Count > 0, "the end of the announcement");

        logger.Lines.Should().ContainSingle().Which.Should().Contain("ENXIO");
    }

    [Fact]
    public void Only_who_has_another_MAC_than_its_neighbours_remember_has_something_to_tell()
    {
        using DriverWorld world = new(NetworkDefinition.Docker0 with { Announcements = 1 });
        BackgroundProcess tcpdump = Listen(world.Attach());
        EndpointRequest sixth = new() { IPv4Address = IPAddress.Parse("172.17.0.6") };
        List<(Container Container, int Times)> all = [];

        all.Add((world.Attach(sixth), 0)); // as the address has it
        End(all[^1].Container);
        all.Add((world.Attach(sixth with { MacAddress = Netlink.MacAddress.Parse("02:00:00:00:00:06") }), 1));
        End(all[^1].Container);
        all.Add((world.Attach(sixth), 1)); // again as the address has it: neighbours remember the one before
        End(all[^1].Container);
        all.Add((world.Attach(sixth), 0));
        all.Add((world.Attach(new EndpointRequest { MacAddress = Netlink.MacAddress.Parse("02:00:00:00:00:07") }), 1));

        tcpdump.Until(() => Arp(tcpdump.Output, all[^1].Container) == 1, "the last one");
        Arp(tcpdump.Output, all[1].Container).Should().Be(1);
        Arp(tcpdump.Output, all[0].Container)
            .Should().Be(1, "of three that have this address and the MAC address that follows from it, only the second spoke");
    }

    private static void End(Container container) => container.Lease.Dispose();

    private static Container AttachAndAnnounce(DriverWorld world, RouteSocket host, Netns place, Announcer announcer)
    {
        using NetworkNamespace sandbox = NetworkNamespace.Open(place.Path);
        using RouteSocket inside = sandbox.Run(RouteSocket.Open);
        Container container = new(place, world.Network.Attach(sandbox));
        int index = inside.TryGetLink(LinkSelector.ByName(container.Endpoint.InterfaceName))!.Index;
        BridgePortReadiness.Await(host, container.Endpoint.HostInterfaceName).Should().BeTrue();
        announcer.Announce(sandbox, index, container.Endpoint.MacAddress, [container.Address], count: 1, s_interval);
        return container;
    }

    private static IDisposable Announce(Announcer announcer, Container container, int count, int? index = null)
    {
        IPAddress[] addresses = [container.Address, s_addresses[1]];
        int link = index ?? container.Place.Ip("link show eth0")[0].GetProperty("ifindex").GetInt32();
        using NetworkNamespace sandbox = NetworkNamespace.Open(container.Place.Path);
        return announcer.Announce(sandbox, link, container.Endpoint.MacAddress, addresses, count, s_interval);
    }

    private static BackgroundProcess Listen(Container peer)
    {
        BackgroundProcess tcpdump = peer.Place.Start("tcpdump", "-i", "eth0", "-n", "-e", "-l", "-vv", "arp or icmp6");
        tcpdump.Until(() => tcpdump.Output.Contains("listening on", StringComparison.Ordinal), "tcpdump listens");
        return tcpdump;
    }

    private static int Arp(string output, Container sender) => Regex.Count(
        output,
        $@" {sender.Endpoint.MacAddress} > ff:ff:ff:ff:ff:ff, ethertype ARP \(0x0806\), length 42: "
            + $@".*Request who-has {sender.Address} tell {sender.Address}, length 28",
        RegexOptions.None,
        TimeSpan.FromSeconds(1));

    private static int Advertisements(string output, Container sender) => Regex.Count(
        output,
        $@" {sender.Endpoint.MacAddress} > 33:33:00:00:00:01, ethertype IPv6 .*\(hlim 255, .*\) fd00::2 > ff02::1: \[icmp6 sum ok\] ICMP6, "
            + @"neighbor advertisement, length 32, tgt is fd00::2, Flags \[override\]\n\s+"
            + $@"destination link-address option \(2\), length 8 \(1\): {sender.Endpoint.MacAddress}",
        RegexOptions.None,
        TimeSpan.FromSeconds(1));
}
