using System.Net;
using BridgeNet.Netlink.Route;
using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Tests;

/// <summary>
/// Our requests against those that `ip` sends for the same wish (Goldens/Route/*.hex, the command on the first line).
/// Type, family header and attributes must be the same; allowed to differ are sequence number, the acknowledgement
/// flag (we ask for it once in a batch), the order of attributes and NLA_F_NESTED (iproute2 leaves it out at places);
/// what else differs is listed by the test.
/// </summary>
public sealed class RouteGoldenTests
{
    private static readonly LinkSelector s_va = LinkSelector.ByIndex(20);

    /// <summary>Where attributes lie in attributes of a link message, and the bytes before them.</summary>
    private static readonly Dictionary<string, int> s_linkNests = new(StringComparer.Ordinal)
    {
        ["18"] = 0,      // IFLA_LINKINFO
        ["18/2"] = 0,    // IFLA_INFO_DATA
        ["18/5"] = 0,    // IFLA_INFO_SLAVE_DATA
        ["26"] = 0,      // IFLA_AF_SPEC
        ["26/10"] = 0,   // AF_INET6
    };

    private static readonly Dictionary<string, int> s_vethNests = new(s_linkNests, StringComparer.Ordinal)
    {
        ["18/2/1"] = 16, // VETH_INFO_PEER, struct ifinfomsg first
    };

    private static readonly Dictionary<string, int> s_routeNests = new(StringComparer.Ordinal) { ["8"] = 0 }; // RTA_METRICS

    private delegate RouteBatch Wish(RouteBatch batch);

    /// <summary>Of a kind `ip` leaves out the NUL.</summary>
    [Fact]
    public void A_bridge_is_created_as_ip_does() => IsAsked("create-bridge", batch => batch.CreateLink(new Link
    {
        Name = InterfaceName.Parse("br0"),
        Mtu = 1400,
        MacAddress = MacAddress.Parse("02:42:00:00:00:01"),
        Kind = new BridgeKind
        {
            ForwardDelay = TimeSpan.FromSeconds(3),
            StpState = BridgeStpState.Off,
            AgeingTime = TimeSpan.FromSeconds(300),
            MulticastSnooping = false,
            GroupForwardMask = 8,
        },
    }), onlyTheirs: ["18/1: 627269646765"], onlyOurs: ["18/1: 62726964676500"]);

    /// <summary>Of a kind `ip` leaves out the NUL.</summary>
    [Fact]
    public void A_veth_pair_is_created_as_ip_does() => IsAsked("create-veth", batch => batch.CreateLink(new Link
    {
        Name = InterfaceName.Parse("va"),
        Index = 20,
        Mtu = 1400,
        MacAddress = MacAddress.Parse("02:42:00:00:00:02"),
        Master = 2,
        Group = 7,
        TxQueues = 1,
        RxQueues = 1,
        IsUp = true,
        Kind = new VethKind
        {
            Peer = new VethPeer
            {
                Name = InterfaceName.Parse("eth0"),
                Index = 21,
                Mtu = 1400,
                MacAddress = MacAddress.Parse("02:42:ac:11:00:02"),
                TxQueues = 1,
                RxQueues = 1,
            },
        },
    }), onlyTheirs: ["18/1: 76657468"], onlyOurs: ["18/1: 7665746800"]);

    /// <summary>`ip` adds IFLA_INFO_KIND "bridge_slave", which the kernel does not look at; we name the master's kind.</summary>
    [Fact]
    public void A_port_is_set_as_ip_does() => IsAsked(
        "port-settings",
        batch => batch.ChangeLink(s_va, new LinkChange
        {
            BridgePort = new BridgePortSettings { Hairpin = true, Isolated = true, Learning = false },
        }),
        onlyTheirs: ["18/1: 6272696467655F736C617665"],
        onlyOurs: ["18/4: 62726964676500"]);

    [Fact]
    public void Address_generation_is_set_as_ip_does() => IsAsked("address-generation", batch =>
        batch.ChangeLink(s_va, new LinkChange { Ipv6AddressGeneration = Ipv6AddressGeneration.None }));

    /// <summary>`ip` leaves the alias without its NUL.</summary>
    [Fact]
    public void A_link_is_changed_as_ip_does() => IsAsked(
        "change-link",
        batch => batch.ChangeLink(s_va, new LinkChange { IsUp = true, Mtu = 1300, Alias = "uplink", TxQueueLength = 500 }),
        onlyTheirs: ["20: 75706C696E6B"],
        onlyOurs: ["20: 75706C696E6B00"]);

    [Fact]
    public void A_port_is_released_as_ip_does() => IsAsked("release-link", batch => batch.ChangeLink(s_va, new LinkChange { Master = 0 }));

    [Fact]
    public void A_link_is_renamed_as_ip_does() => IsAsked("rename-link", batch =>
        batch.ChangeLink(LinkSelector.ByIndex(21), new LinkChange { Name = InterfaceName.Parse("eth1") }));

    [Fact]
    public void A_link_is_deleted_as_ip_does() => IsAsked("delete-link", batch => batch.DeleteLink(LinkSelector.ByIndex(2)));

    [Fact]
    public void A_group_is_deleted_as_ip_does() => IsAsked("delete-group", batch => batch.DeleteLinkGroup(7));

    [Fact]
    public void An_IPv4_address_is_added_as_ip_does() => IsAsked("add-address-ipv4", batch => batch.AddAddress(Address("172.17.0.1/16")));

    [Fact]
    public void An_IPv6_address_is_added_as_ip_does() => IsAsked("add-address-ipv6", batch =>
        batch.AddAddress(Address("fd00::1/64") with { Flags = AddressFlags.NoDad }));

    [Fact]
    public void An_address_with_another_end_is_added_as_ip_does() => IsAsked("add-address-peer", batch =>
        batch.AddAddress(Address("10.0.0.1/32") with
        {
            Peer = IPAddress.Parse("10.0.0.2"),
            Scope = RouteScope.Link,
            Label = "br0:a",
            ValidLifetime = TimeSpan.FromSeconds(100),
            PreferredLifetime = TimeSpan.FromSeconds(50),
        }));

    [Fact]
    public void An_address_without_a_route_is_added_as_ip_does() => IsAsked("add-address-noprefixroute", batch =>
        batch.AddAddress(Address("10.9.0.1/24") with { Broadcast = IPAddress.Parse("10.9.0.255"), Flags = AddressFlags.NoPrefixRoute }));

    [Fact]
    public void An_address_is_deleted_as_ip_does() => IsAsked("delete-address", batch => batch.DeleteAddress(Address("10.9.0.1/24")));

    [Fact]
    public void A_default_route_is_added_as_ip_does() => IsAsked("add-default-route", batch =>
        batch.AddRoute(IPRoute.Default(IPAddress.Parse("172.17.0.9"))));

    [Fact]
    public void A_route_on_a_link_is_added_as_ip_does() => IsAsked("add-route", batch => batch.AddRoute(To("10.1.0.0/16") with
    {
        PreferredSource = IPAddress.Parse("172.17.0.1"),
        Metric = 5,
        Table = 1000,
        Mtu = 1300,
    }));

    [Fact]
    public void A_route_whose_gateway_is_said_to_be_on_the_link_is_added_as_ip_does() => IsAsked("add-route-onlink", batch =>
        batch.AddRoute(To("10.2.0.0/16") with { Gateway = IPAddress.Parse("192.0.2.1"), Flags = RouteFlags.OnLink }));

    [Fact]
    public void A_black_hole_is_added_as_ip_does() => IsAsked("add-route-blackhole", batch =>
        batch.AddRoute(To("10.3.0.0/16") with { Type = RouteType.Blackhole, OutputInterface = null }));

    [Fact]
    public void An_IPv6_route_is_added_as_ip_does() => IsAsked("add-route-ipv6", batch =>
        batch.AddRoute(To("fd01::/64") with { Gateway = IPAddress.Parse("fd00::2"), Protocol = RouteProtocol.Static }));

    [Fact]
    public void An_IPv4_route_by_an_IPv6_gateway_is_added_as_ip_does() => IsAsked("add-route-via", batch =>
        batch.AddRoute(To("10.4.0.0/16") with { Gateway = IPAddress.Parse("fd00::2") }));

    [Fact]
    public void A_route_is_replaced_as_ip_does() => IsAsked("replace-route", batch => batch.ReplaceRoute(To("10.2.0.0/16")));

    [Fact]
    public void A_route_of_any_type_is_deleted_as_ip_does() => IsAsked("delete-route", batch =>
        batch.DeleteRoute(To("10.2.0.0/16") with { Type = RouteType.Unspecified }));

    [Fact]
    public void A_neighbour_is_set_as_ip_does() => IsAsked("set-neighbour", batch => batch.SetNeighbour(new Neighbour
    {
        LinkIndex = 2,
        Address = IPAddress.Parse("172.17.0.9"),
        MacAddress = MacAddress.Parse("02:42:ac:11:00:09"),
    }));

    [Fact]
    public void A_neighbour_is_deleted_as_ip_does() => IsAsked("delete-neighbour", batch =>
        batch.DeleteNeighbour(new Neighbour { LinkIndex = 2, Address = IPAddress.Parse("172.17.0.9") }));

    [Fact]
    public void A_forwarding_entry_is_set_as_bridge_does() => IsAsked("set-forwarding", batch => batch.SetNeighbour(new Neighbour
    {
        LinkIndex = 20,
        IsForwardingEntry = true,
        MacAddress = MacAddress.Parse("02:42:ac:11:00:0a"),
        State = NeighbourStates.NoArp | NeighbourStates.Reachable,
        Flags = NeighbourFlags.Master,
    }));

    private static LinkAddress Address(string address) => new() { LinkIndex = 2, Address = InterfaceAddress.Parse(address) };

    private static IPRoute To(string destination) => new() { Destination = IPNetwork.Parse(destination), OutputInterface = 2 };

    [Fact]
    public void A_vlan_is_added_as_bridge_does() =>
        IsAsked("add-vlan", batch => batch.AddVlans(4, new BridgeVlans(100, 100) { IsPortVlan = true, IsUntagged = true }));

    [Fact]
    public void A_range_of_vlans_is_deleted_as_bridge_does() => IsAsked("delete-vlans", batch => batch.DeleteVlans(4, new BridgeVlans(10, 20)));

    [Fact]
    public void A_link_takes_packets_for_all_groups_as_ip_has_it() =>
        IsAsked("allmulticast", batch => batch.ChangeLink(LinkSelector.ByIndex(4), new LinkChange { IsAllMulticast = true }));

    private static void IsAsked(string golden, Wish wish, string[]? onlyTheirs = null, string[]? onlyOurs = null)
    {
        using ScriptedKernel kernel = new ScriptedKernel().Answer(first => [Datagram.Of(Datagram.Acknowledgement(first))]);
        using RouteSocket socket = new(kernel);

        wish(socket.Batch()).Execute();

        NetlinkMessage ours = new(kernel.Sent.Should().ContainSingle().Which);
        NetlinkMessage theirs = new(HexFile.Read("Route", $"{golden}.hex"));
        ours.Type.Should().Be(theirs.Type);
        ours.Flags.Should().Be(theirs.Flags | NetlinkFlags.Acknowledge);
        Header(ours).Should().Be(Header(theirs));
        IReadOnlyList<string> ourTree = Tree(ours), theirTree = Tree(theirs);
        ourTree.Except(theirTree, StringComparer.Ordinal).Should().Equal(onlyOurs ?? []);
        theirTree.Except(ourTree, StringComparer.Ordinal).Should().Equal(onlyTheirs ?? []);
        ourTree.Should().HaveSameCount(theirTree);
    }

    private static int HeaderLength(NetlinkMessage message) => message.Type switch { < 20 => 16, < 24 => 8, _ => 12 };

    private static string Header(NetlinkMessage message) => Convert.ToHexString(message.Payload[..HeaderLength(message)]);

    private static IReadOnlyList<string> Tree(NetlinkMessage message)
    {
        Dictionary<string, int> nests = message.Type switch
        {
            < 20 => new Link(message).Kind is VethKind ? s_vethNests : s_linkNests,
            >= 24 and < 28 => s_routeNests,
            _ => new(StringComparer.Ordinal),
        };
        return AttributeTree.Of(message.Payload[HeaderLength(message)..], nests);
    }
}
