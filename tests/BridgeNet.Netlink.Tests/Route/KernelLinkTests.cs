using System.Text.Json;
using BridgeNet.Native;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Netlink.Tests;

/// <summary>Links on the real kernel, with `ip -j -d link` as the witness.</summary>
public sealed class KernelLinkTests
{
    private static readonly InterfaceName s_br0 = InterfaceName.Parse("br0");

    private static readonly InterfaceName s_va = InterfaceName.Parse("va");

    [Fact]
    public void A_link_that_is_to_tell_its_neighbours_is_set_so() => NetworkSandbox.Run(() =>
    {
        using RouteSocket socket = RouteSocket.Open();
        socket.Batch().CreateLink(Pair("vb")).Execute();
        LinkSelector link = LinkSelector.ByName(s_va);
        string Setting() => File.ReadAllText("/proc/sys/net/ipv4/conf/va/arp_notify").Trim();

        socket.Batch().ChangeLink(link, new LinkChange { ArpNotify = true, Ipv6AddressGeneration = Ipv6AddressGeneration.None }).Execute();
        string on = Setting();
        socket.Batch().ChangeLink(link, new LinkChange { ArpNotify = false }).Execute();

        (on, Setting()).Should().Be(("1", "0"));
        socket.GetLink(link).Ipv6AddressGeneration.Should().Be(Ipv6AddressGeneration.None);
    });

    [Fact]
    public void A_bridge_is_what_was_asked_for() => NetworkSandbox.Run(() =>
    {
        using RouteSocket socket = RouteSocket.Open();
        BridgeKind asked = new()
        {
            StpState = BridgeStpState.Off,
            Priority = 100,
            ForwardDelay = TimeSpan.FromSeconds(3),
            HelloTime = TimeSpan.FromSeconds(1),
            MaxAge = TimeSpan.FromSeconds(7),
            AgeingTime = TimeSpan.FromSeconds(60),
            GroupForwardMask = 8,
            MulticastSnooping = false,
        };

        Link bridge = socket.Batch()
            .CreateLink(new Link
            {
                Name = s_br0,
                Kind = asked,
                Mtu = 1400,
                MacAddress = MacAddress.Parse("02:42:00:00:00:01"),
                Alias = "docker's",
                IsUp = true,
                Group = 7,
                TxQueueLength = 500,
            })
            .GetLink(LinkSelector.ByName(s_br0));

        BridgeKind kind = bridge.Kind.Should().BeOfType<BridgeKind>().Which;
        (kind with { MulticastQuerier = null, VlanFiltering = null, DefaultVlan = null, CallIptables = null, CallIp6tables = null })
            .Should().Be(asked);
        JsonElement witness = Witness("br0");
        JsonElement data = witness.GetProperty("linkinfo").GetProperty("info_data");
        witness.GetProperty("mtu").GetInt32().Should().Be(1400).And.Be(bridge.Mtu);
        witness.GetProperty("address").GetString().Should().Be("02:42:00:00:00:01").And.Be(bridge.MacAddress.ToString());
        witness.GetProperty("ifalias").GetString().Should().Be("docker's").And.Be(bridge.Alias);
        witness.GetProperty("ifindex").GetInt32().Should().Be(bridge.Index);
        witness.GetProperty("group").GetString().Should().Be("7");
        witness.GetProperty("txqlen").GetInt32().Should().Be(500).And.Be(bridge.TxQueueLength);
        witness.GetProperty("operstate").GetString().Should().BeEquivalentTo(bridge.OperationalState.ToString());
        witness.GetProperty("linkinfo").GetProperty("info_kind").GetString().Should().Be("bridge");
        data.GetProperty("forward_delay").GetInt32().Should().Be(300);
        data.GetProperty("hello_time").GetInt32().Should().Be(100);
        data.GetProperty("max_age").GetInt32().Should().Be(700);
        data.GetProperty("ageing_time").GetInt32().Should().Be(6000);
        data.GetProperty("priority").GetInt32().Should().Be(100);
        data.GetProperty("mcast_snooping").GetInt32().Should().Be(0);
        data.GetProperty("group_fwd_mask").GetString().Should().Be("0x8");
        bridge.IsUp.Should().BeTrue();
        bridge.Group.Should().Be(7);
    });

    [Fact]
    public void One_send_makes_a_pair_a_port_its_settings_and_the_answer() => NetworkSandbox.Run(() =>
    {
        using RouteSocket socket = RouteSocket.Open();
        int bridge = CreateBridge(socket);
        BridgePortSettings settings = new()
        {
            Hairpin = true,
            Isolated = true,
            Learning = false,
            UnicastFlood = false,
            MulticastFlood = false,
            BroadcastFlood = false,
            NeighbourSuppression = true,
            Priority = 5,
            Cost = 9,
        };

        Link host = socket.Batch()
            .CreateLink(Pair("eth0") with { Master = bridge, IsUp = true, BridgePort = settings, Ipv6AddressGeneration = Ipv6AddressGeneration.None })
            .GetLink(LinkSelector.ByName(s_va));

        Link peer = socket.GetLink(LinkSelector.ByIndex(host.PeerIndex!.Value));
        peer.Name.ToString().Should().Be("eth0");
        peer.PeerIndex.Should().Be(host.Index);
        peer.IsUp.Should().BeFalse();
        peer.TxQueues.Should().Be(1);
        host.Master.Should().Be(bridge);
        host.OperationalState.Should().Be(OperationalState.LowerLayerDown);
        host.Ipv6AddressGeneration.Should().Be(Ipv6AddressGeneration.None);
        BridgePortSettings port = host.BridgePort!;
        (port with { State = null, BpduGuard = null, RootBlock = null, FastLeave = null, ProxyArp = null, Locked = null }).Should().Be(settings);
        JsonElement witness = Witness("va");
        JsonElement data = witness.GetProperty("linkinfo").GetProperty("info_slave_data");
        witness.GetProperty("master").GetString().Should().Be("br0");
        witness.GetProperty("inet6_addr_gen_mode").GetString().Should().Be("none");
        data.GetProperty("hairpin").GetBoolean().Should().BeTrue();
        data.GetProperty("isolated").GetBoolean().Should().BeTrue();
        data.GetProperty("learning").GetBoolean().Should().BeFalse();
        data.GetProperty("flood").GetBoolean().Should().BeFalse();
        data.GetProperty("mcast_flood").GetBoolean().Should().BeFalse();
        data.GetProperty("bcast_flood").GetBoolean().Should().BeFalse();
        data.GetProperty("neigh_suppress").GetBoolean().Should().BeTrue();
        data.GetProperty("cost").GetInt32().Should().Be(9);
    });

    [Fact]
    public void The_other_end_is_born_in_another_namespace() => NetworkSandbox.Run(() =>
    {
        using RouteSocket socket = RouteSocket.Open();
        (FileDescriptor inside, RouteSocket container) = NetworkSandbox.Another();
        using (inside)
        using (container)
        {
            Link host = socket.Batch().CreateLink(Pair("eth0", inside)).GetLink(LinkSelector.ByName(s_va));

            Link peer = container.GetLink(LinkSelector.ByName(InterfaceName.Parse("eth0")));
            host.PeerIndex.Should().Be(peer.Index);
            host.PeerNamespaceId.Should().NotBeNull();
            peer.PeerIndex.Should().Be(host.Index);
            socket.TryGetLink(LinkSelector.ByName(InterfaceName.Parse("eth0"))).Should().BeNull();
        }
    });

    [Fact]
    public void The_other_ends_index_is_told_with_the_creation() => NetworkSandbox.Run(() =>
    {
        using RouteSocket socket = RouteSocket.Open();
        int bridge = CreateBridge(socket);

        int? index = socket.Batch().CreateLinkForPeer(
            Pair("eth0") with { Master = bridge, IsUp = true, Alias = "of a container", Ipv6AddressGeneration = Ipv6AddressGeneration.None });

        Link host = socket.GetLink(LinkSelector.ByName(s_va));
        host.PeerIndex.Should().Be(index);
        host.IsUp.Should().BeTrue();
        host.Alias.Should().Be("of a container");
        socket.TryGetIndex(InterfaceName.Parse("eth0")).Should().Be(index);
        socket.TryGetIndex(InterfaceName.Parse("eth1")).Should().BeNull();
    });

    [Fact]
    public void A_link_is_told_as_it_was_made() => NetworkSandbox.Run(() =>
    {
        using RouteSocket socket = RouteSocket.Open();
        int bridge = CreateBridge(socket);

        Link made = socket.Batch().CreateLinkAsMade(
            Pair("eth0") with { Master = bridge, IsUp = true, Mtu = 1400, Ipv6AddressGeneration = Ipv6AddressGeneration.None });

        Link there = socket.GetLink(LinkSelector.ByName(s_va));
        (made.Name, made.Index, made.MacAddress, made.Mtu, made.PeerIndex)
            .Should().Be((there.Name, there.Index, there.MacAddress, (int?)1400, there.PeerIndex));
        there.IsUp.Should().BeTrue();
        there.Master.Should().Be(bridge);
    });

    [Fact]
    public void A_bridge_that_is_to_make_no_address_makes_none() => NetworkSandbox.Run(() =>
    {
        using RouteSocket socket = RouteSocket.Open();

        Link bridge = socket.Batch()
            .CreateLink(new Link { Name = s_br0, Kind = new BridgeKind(), IsUp = true, Ipv6AddressGeneration = Ipv6AddressGeneration.None })
            .GetLink(LinkSelector.ByName(s_br0));

        bridge.IsUp.Should().BeTrue();
        bridge.Ipv6AddressGeneration.Should().Be(Ipv6AddressGeneration.None);
        socket.ListAddresses(bridge.Index).Should().BeEmpty();
    });

    [Fact]
    public void A_change_changes_what_it_names_and_nothing_else() => NetworkSandbox.Run(() =>
    {
        using RouteSocket socket = RouteSocket.Open();
        InterfaceName name = InterfaceName.Parse("renamed");
        MacAddress mac = MacAddress.Parse("02:42:00:00:00:09");
        Link before = socket.Batch().CreateLink(Pair("vb") with { IsUp = true }).GetLink(LinkSelector.ByName(s_va));
        LinkChange change = new() { Name = name, Mtu = 1300, Alias = "a", Group = 9, MacAddress = mac, TxQueueLength = 7 };

        Link after = socket.Batch().ChangeLink(LinkSelector.Of(before), change).GetLink(LinkSelector.Of(before));

        after.Should().Be(before with { Name = name, Mtu = 1300, Alias = "a", Group = 9, MacAddress = mac, TxQueueLength = 7 });
        socket.Batch().ChangeLink(LinkSelector.Of(before), new LinkChange { IsUp = false }).GetLink(LinkSelector.Of(before)).IsUp.Should().BeFalse();
        Witness("renamed").GetProperty("mtu").GetInt32().Should().Be(1300);
    });

    [Fact]
    public void A_change_puts_a_link_on_a_bridge_with_its_settings_and_takes_it_off() => NetworkSandbox.Run(() =>
    {
        using RouteSocket socket = RouteSocket.Open();
        int bridge = CreateBridge(socket);
        LinkSelector link = LinkSelector.ByName(s_va);

        Link port = socket.Batch().CreateLink(Pair("vb"))
            .ChangeLink(link, new LinkChange { Master = bridge, BridgePort = new BridgePortSettings { Hairpin = true } })
            .GetLink(link);
        IReadOnlyList<Link> ports = socket.ListLinks(bridge);
        Link released = socket.Batch().ChangeLink(link, new LinkChange { Master = 0 }).GetLink(link);

        port.Master.Should().Be(bridge);
        port.BridgePort!.Hairpin.Should().BeTrue();
        ports.Should().ContainSingle().Which.Name.Should().Be(s_va);
        released.Master.Should().BeNull();
        released.BridgePort.Should().BeNull();
    });

    [Fact]
    public void All_links_are_those_that_ip_lists() => NetworkSandbox.Run(() =>
    {
        using RouteSocket socket = RouteSocket.Open();
        CreateBridge(socket);
        socket.Batch().CreateLink(Pair("vb")).Execute();

        IReadOnlyList<Link> links = socket.ListLinks();

        links.Select(link => (link.Index, link.Name.ToString())).Should().BeEquivalentTo(
            NetworkSandbox.Ip("link", "show").Select(link => (link.GetProperty("ifindex").GetInt32(), link.GetProperty("ifname").GetString()!)));
    });

    [Fact]
    public void What_went_through_a_link_is_what_ip_counts() => NetworkSandbox.Run(() =>
    {
        using RouteSocket socket = RouteSocket.Open();
        socket.Batch().ChangeLink(LinkSelector.ByIndex(1), new LinkChange { IsUp = true }).Execute();
        NetworkSandbox.Tell("ping", "-c", "3", "-i", "0.01", "127.0.0.1");

        LinkStatistics statistics = socket.GetLink(LinkSelector.ByIndex(1)).Statistics;

        JsonElement witness = NetworkSandbox.Ip("-s", "link", "show", "lo").Single().GetProperty("stats64");
        statistics.TxPackets.Should().BeGreaterThanOrEqualTo(6).And.Be(witness.GetProperty("tx").GetProperty("packets").GetUInt64());
        statistics.RxBytes.Should().Be(witness.GetProperty("rx").GetProperty("bytes").GetUInt64());
    });

    [Fact]
    public void A_kind_without_a_record_is_created_from_its_data_and_keeps_them() => NetworkSandbox.Run(() =>
    {
        using RouteSocket socket = RouteSocket.Open();
        byte[] bridgeMode = [8, 0, 1, 0, 4, 0, 0, 0]; // IFLA_MACVLAN_MODE, MACVLAN_MODE_BRIDGE: a macvtap has a macvlan's data
        LinkSelector macvtap = LinkSelector.ByName(InterfaceName.Parse("mt"));

        Link link = socket.Batch().CreateLink(Pair("vb") with { Index = 20 })
            .CreateLink(new Link { Name = macvtap.Name, PeerIndex = 20, Kind = new GenericKind("macvtap", bridgeMode) })
            .GetLink(macvtap);

        GenericKind kind = link.Kind.Should().BeOfType<GenericKind>().Which;
        kind.Name.Should().Be("macvtap");
        kind.Data.Span[..8].SequenceEqual(bridgeMode).Should().BeTrue();
        link.PeerIndex.Should().Be(20);
        Witness("mt").GetProperty("linkinfo").GetProperty("info_data").GetProperty("mode").GetString().Should().Be("bridge");
    });

    [Fact]
    public void Links_of_a_group_go_together() => NetworkSandbox.Run(() =>
    {
        using RouteSocket socket = RouteSocket.Open();
        RouteBatch batch = socket.Batch();
        for (int i = 0; i < 5; i++)
        {
            batch.CreateLink(new Link { Name = InterfaceName.Parse($"g{i}"), Kind = new VethKind(), Group = 77 });
        }
        batch.CreateLink(Pair("vb")).Execute();

        socket.Batch().DeleteLinkGroup(77).Execute();

        socket.ListLinks().Select(link => link.Name.ToString()).Should().BeEquivalentTo("lo", "va", "vb");
    });

    [Fact]
    public void Links_of_some_numbers_go_together() => NetworkSandbox.Run(() =>
    {
        using RouteSocket socket = RouteSocket.Open();
        RouteBatch batch = socket.Batch();
        for (int i = 0; i < 5; i++)
        {
            batch.CreateLink(new Link { Name = InterfaceName.Parse($"g{i}"), Index = 100 + i, Kind = new VethKind() });
        }
        batch.CreateLink(Pair("vb")).Execute();

        socket.DeleteLinks(100, 101, 102, 103);
        Action again = () => socket.DeleteLinks(104, 102);

        again.Should().Throw<NetlinkException>().Which.Errno.Should().Be(Errno.ENODEV);
        socket.ListLinks().Select(link => link.Name.ToString()).Should().BeEquivalentTo("lo", "va", "vb");
    });

    [Fact]
    public void A_link_that_is_not_there_is_told_without_an_exception() => NetworkSandbox.Run(() =>
    {
        using RouteSocket socket = RouteSocket.Open();
        socket.Batch().CreateLink(Pair("vb")).Execute();

        socket.TryGetLink(LinkSelector.ByIndex(999)).Should().BeNull();
        socket.DeleteLink(LinkSelector.ByName(s_va)).Should().BeTrue();
        socket.DeleteLink(LinkSelector.ByName(s_va)).Should().BeFalse();
        socket.ListLinks().Should().ContainSingle();
    });

    [Fact]
    public void A_refusal_has_the_kernels_words() => NetworkSandbox.Run(() =>
    {
        using RouteSocket socket = RouteSocket.Open();
        CreateBridge(socket);

        Action tooSmall = () => socket.Batch().CreateLink(new Link { Name = s_va, Kind = new BridgeKind(), Mtu = 10 }).Execute();
        Action tooSmallNow = () => socket.Batch().ChangeLink(LinkSelector.ByName(s_br0), new LinkChange { Mtu = 10 }).Execute();
        Action twice = () => socket.Batch().CreateLink(new Link { Name = s_br0, Kind = new BridgeKind() }).Execute();
        Action absent = () => socket.GetLink(LinkSelector.ByName(InterfaceName.Parse("nowhere")));
        Action unknown = () => socket.Batch().CreateLink(new Link { Name = s_va, Kind = new GenericKind("frobnicator") }).Execute();

        tooSmall.Should().Throw<NetlinkException>().WithMessage("create link va: EINVAL (Invalid argument): mtu less than device minimum")
            .Which.KernelMessage.Should().Be("mtu less than device minimum");
        tooSmallNow.Should().Throw<NetlinkException>().WithMessage("change link br0: EINVAL (Invalid argument): mtu less than device minimum");
        twice.Should().Throw<NetlinkException>().WithMessage("create link br0: EEXIST (File exists)");
        absent.Should().Throw<NetlinkException>().Which.Errno.Should().Be(Errno.ENODEV);
        unknown.Should().Throw<NetlinkException>().WithMessage("create link va: EOPNOTSUPP*");
    });

    [Fact]
    public void A_failure_in_the_middle_names_the_request_that_failed() => NetworkSandbox.Run(() =>
    {
        using RouteSocket socket = RouteSocket.Open();

        Action batch = () => socket.Batch()
            .CreateLink(Pair("vb"))
            .ChangeLink(LinkSelector.ByName(s_va), new LinkChange { Master = 999 })
            .ChangeLink(LinkSelector.ByName(s_va), new LinkChange { IsUp = true })
            .Execute();

        batch.Should().Throw<NetlinkException>().Which.Operation.Should().Be("change link va");
        socket.GetLink(LinkSelector.ByName(s_va)).IsUp.Should().BeTrue("the kernel goes on behind a request that failed");
    });

    [Fact]
    public void What_selects_nothing_or_too_much_is_refused_before_it_is_sent()
    {
        using ScriptedKernel kernel = new();
        using RouteSocket socket = new(kernel);

        Action nothing = () => socket.Batch().DeleteLink(default);
        Action everything = () => socket.Batch().DeleteLinkGroup(0);
        Action rename = () => socket.Batch().ChangeLink(LinkSelector.ByName(s_va), new LinkChange { Name = s_br0 });
        Action nameless = () => socket.Batch().CreateLink(new Link { Kind = new VethKind(), Alias = "a" });
        Action zero = () => LinkSelector.ByIndex(0);

        nothing.Should().Throw<InvalidOperationException>();
        everything.Should().Throw<ArgumentOutOfRangeException>();
        rename.Should().Throw<ArgumentException>().WithMessage("renaming va to br0 needs its index*");
        nameless.Should().Throw<ArgumentException>();
        zero.Should().Throw<ArgumentOutOfRangeException>();
        kernel.Sent.Should().BeEmpty();
    }

    private static Link Pair(string peer, FileDescriptor? networkNamespace = null) => new()
    {
        Name = s_va,
        TxQueues = 1,
        RxQueues = 1,
        Kind = new VethKind
        {
            Peer = new VethPeer { Name = InterfaceName.Parse(peer), TxQueues = 1, RxQueues = 1, NetworkNamespace = networkNamespace },
        },
    };

    private static int CreateBridge(RouteSocket socket) => socket.Batch()
        .CreateLink(new Link { Name = s_br0, Kind = new BridgeKind(), IsUp = true })
        .GetLink(LinkSelector.ByName(s_br0)).Index;

    private static JsonElement Witness(string name) => NetworkSandbox.Ip("-d", "link", "show", name).Single();
}
