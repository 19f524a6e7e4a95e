using System.Net;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;
using BridgeNet.Netlink.Route;
using BridgeNet.Repairs;
using BridgeNet.State;
using BridgeNet.Tests.Firewall;

namespace BridgeNet.Tests.Repairs;

public sealed class WatchListTests
{
    private static readonly NetworkDefinition s_network = FirewallSamples.Docker0 with
    {
        Subnets = [SubnetDefinition.Parse("172.17.0.0/16") with { Gateway = IPAddress.Parse("172.17.0.1") }],
    };

    private static readonly WatchList s_list = new(new RecordedState(
        [(new NetworkState { Id = "0123456789ab", Definition = s_network }, RecordPhase.Done)],
        [.. FirewallSamples.Endpoints.Select(endpoint => (endpoint, RecordPhase.Done))],
        []));

    [Theory]
    [InlineData("172.17.0.1", true)]
    [InlineData("172.17.0.2", true)]
    [InlineData("172.17.0.99", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("fe80::1", false)]
    public void Only_an_address_of_ours_concerns_us_when_it_goes(string address, bool concerns) =>
        Concerns(new NetlinkEvent
        {
            Kind = NetlinkEventKind.AddressDeleted,
            Address = new LinkAddress { LinkIndex = 7, Address = new InterfaceAddress(IPAddress.Parse(address), 16) },
        }).Should().Be(concerns);

    [Fact]
    public void Only_the_container_of_an_address_is_looked_into()
    {
        RepairScope scope = new();
        EndpointState first = FirewallSamples.Endpoints[0], second = FirewallSamples.Endpoints[1];

        s_list.Note(
            new NetlinkEvent
            {
                Kind = NetlinkEventKind.AddressDeleted,
                Address = new LinkAddress { LinkIndex = 7, Address = first.Addresses[0] },
            },
            scope);

        scope.Contains(first.HostInterface, first.OwnAddresses).Should().BeTrue();
        scope.Contains(second.HostInterface, second.OwnAddresses).Should().BeFalse();
    }

    [Theory]
    [InlineData("docker0", true)]
    [InlineData("veth0123456789a", true)]
    [InlineData("ifb0123456789a", true)]
    [InlineData("eth0", false)]
    [InlineData("docker1", false)]
    public void Only_a_link_of_ours_concerns_us(string name, bool concerns) =>
        Concerns(new NetlinkEvent { Kind = NetlinkEventKind.LinkChanged, Link = new Link { Name = InterfaceName.Parse(name) } })
            .Should().Be(concerns);

    [Theory]
    [InlineData("172.17.0.0/16", IPRoute.MainTable, true)]
    [InlineData("172.17.0.0/16", 100, false)]
    [InlineData("10.0.0.0/8", IPRoute.MainTable, false)]
    public void Only_the_route_to_a_subnet_of_ours_concerns_us_when_it_goes(string destination, uint table, bool concerns) =>
        Concerns(new NetlinkEvent
        {
            Kind = NetlinkEventKind.RouteDeleted,
            Route = new IPRoute { Destination = IPNetwork.Parse(destination), Table = table },
        }).Should().Be(concerns);

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Forwarding_concerns_us_when_it_ends(bool forwards, bool concerns) =>
        Concerns(new NetlinkEvent { Kind = NetlinkEventKind.ForwardingChanged, Forwarding = forwards }).Should().Be(concerns);

    [Theory]
    [InlineData("bridgenet", true)]
    [InlineData("bridgenet_standby", false)]
    public void The_standby_concerns_nobody(string table, bool concerns) =>
        Concerns(new NetlinkEvent { Kind = NetlinkEventKind.TableReduced, Table = new NftTableId(NftFamily.Inet, table) }).Should().Be(concerns);

    [Theory]
    [InlineData(NetlinkEventKind.TableReduced, NftFamily.Inet, "bridgenet", "Now")]
    [InlineData(NetlinkEventKind.TableReduced, NftFamily.Bridge, "bridgenet", "Now")]
    [InlineData(NetlinkEventKind.TableChanged, NftFamily.Inet, "bridgenet", "Soon")] // by the verbs of this host, above all
    [InlineData(NetlinkEventKind.TableReduced, NftFamily.IPv4, "filter", "Soon")] // Docker's, or a firewall's
    [InlineData(NetlinkEventKind.TableChanged, NftFamily.IPv4, "filter", "Soon")]
    public void A_loss_in_our_tables_is_urgent_and_other_changes_of_tables_are_not(
        NetlinkEventKind kind, NftFamily family, string table, string urgency) =>
        UrgencyOf(new NetlinkEvent { Kind = kind, Table = new NftTableId(family, table) }).ToString().Should().Be(urgency);

    [Theory]
    [InlineData(NetlinkEventKind.LinkDeleted, "docker0", "Now")]
    [InlineData(NetlinkEventKind.LinkChanged, "docker0", "Soon")]
    [InlineData(NetlinkEventKind.LinkDeleted, "veth0123456789a", "Soon")] // as when a runtime moves it into its container
    public void A_lost_bridge_is_urgent_and_other_changes_of_links_are_not(NetlinkEventKind kind, string name, string urgency) =>
        UrgencyOf(new NetlinkEvent { Kind = kind, Link = new Link { Name = InterfaceName.Parse(name) } }).ToString().Should().Be(urgency);

    [Fact]
    public void Lost_events_are_urgent() =>
        UrgencyOf(new NetlinkEvent { Kind = NetlinkEventKind.Lost }).Should().Be(RepairUrgency.Now);

    private static bool Concerns(NetlinkEvent one) => UrgencyOf(one) is not RepairUrgency.None;

    private static RepairUrgency UrgencyOf(NetlinkEvent one) => s_list.Note(one, new RepairScope());
}
