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

    private static bool Concerns(NetlinkEvent one) => s_list.Note(one, new RepairScope());
}
