using BridgeNet.Netlink;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Repairs;

/// <summary>What ip and nft do, heard from the kernel.</summary>
public sealed class NetlinkMonitorTests
{
    [Fact]
    public async Task Links_addresses_and_routes_are_heard_as_they_come_and_go()
    {
        using Netns place = Netns.Create();
        using NetlinkMonitor monitor = place.In(() => NetlinkMonitor.OpenRoute());

        place.RunOk(
            "ip link add br7 type bridge; ip link set br7 up; ip addr add 10.7.0.1/16 dev br7; ip route add 10.8.0.0/16 via 10.7.0.2; ip "
                + "addr del 10.7.0.1/16 dev br7; ip link del br7");
        List<NetlinkEvent> heard = await HearAsync(monitor, one => one is { Kind: NetlinkEventKind.LinkDeleted });

        heard.First(one => one.Kind is NetlinkEventKind.LinkChanged).Link!.Name.ToString().Should().Be("br7");
        heard.Should().Contain(one => one.Kind == NetlinkEventKind.AddressChanged && one.Address!.Address.ToString() == "10.7.0.1/16");
        heard.Should().Contain(one => one.Kind == NetlinkEventKind.RouteChanged && one.Route!.Destination.ToString() == "10.8.0.0/16");
        heard.Should().Contain(one => one.Kind == NetlinkEventKind.AddressDeleted);
        heard.Should().Contain(one => one.Kind == NetlinkEventKind.RouteDeleted);
    }

    [Fact]
    public async Task Whether_packets_are_forwarded_is_heard()
    {
        using Netns place = Netns.Create();
        place.RunOk("ip link add br7 type bridge; sysctl -w net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1");
        int index = place.Ip("link show br7")[0].GetProperty("ifindex").GetInt32();
        using NetlinkMonitor monitor = place.In(() => NetlinkMonitor.OpenRoute());

        place.RunOk("sysctl -w net.ipv4.conf.br7.forwarding=0 net.ipv6.conf.all.forwarding=0 net.ipv4.ip_forward=0; ip link del br7");
        List<NetlinkEvent> heard = await HearAsync(monitor, one => one is { Kind: NetlinkEventKind.LinkDeleted });

        heard.RemoveAll(one => one.Kind is not NetlinkEventKind.ForwardingChanged);
        heard[0].Should().Be(new NetlinkEvent { Kind = NetlinkEventKind.ForwardingChanged, Forwarding = false, ForwardingLink = index });
        heard.Should().Contain(one => one.ForwardingLink == null && one.Forwarding == false);
    }

    [Fact]
    public async Task Addresses_alone_are_heard_where_nothing_else_is_asked_for()
    {
        using Netns place = Netns.Create();
        using NetlinkMonitor monitor = place.In(() => NetlinkMonitor.OpenAddresses());

        place.RunOk("ip link add br7 type bridge; ip link set br7 up; ip addr add 10.7.0.1/16 dev br7; ip addr del 10.7.0.1/16 dev br7");
        List<NetlinkEvent> heard = await HearAsync(monitor, one => one.Kind is NetlinkEventKind.AddressDeleted);

        heard.Should().OnlyContain(one => one.Address != null);
    }

    [Fact]
    public async Task Transactions_of_nf_tables_are_heard_with_who_made_them()
    {
        using Netns place = Netns.Create();
        using NetlinkMonitor monitor = place.In(NetlinkMonitor.OpenNetfilter);

        place.RunOk("nft add table inet seven");
        List<NetlinkEvent> heard = await HearAsync(monitor, one => one.Kind is NetlinkEventKind.RulesetCommitted);
        place.RunOk("nft delete table inet seven");
        heard.AddRange(await HearAsync(monitor, one => one.Kind is NetlinkEventKind.RulesetCommitted));

        heard.Select(one => one.Kind).Should().Equal(
            NetlinkEventKind.TableChanged, NetlinkEventKind.RulesetCommitted, NetlinkEventKind.TableReduced, NetlinkEventKind.RulesetCommitted);
        heard[0].Table!.Value.Name.Should().Be("seven");
        heard[1].ProcessName.Should().Be("nft");
        heard[3].Generation.Should().Be(heard[1].Generation + 1);
    }

    [Fact]
    public async Task What_happens_at_the_far_end_of_a_veth_is_heard_by_who_wants_to()
    {
        using Netns host = Netns.Create();
        using Netns container = Netns.Create();
        host.RunOk($"ip link add veth7 type veth peer name eth0 netns {container.Name}; ip link set veth7 up");
        using NetlinkMonitor monitor = host.In(() => NetlinkMonitor.OpenRoute(hearsNeighbours: true));

        container.RunOk("ip addr add 10.9.0.7/16 dev eth0");
        List<NetlinkEvent> heard = await HearAsync(monitor, one => one.Kind is NetlinkEventKind.AddressChanged);

        heard[^1].Address!.Address.ToString().Should().Be("10.9.0.7/16");
    }

    [Fact]
    public async Task It_ends_when_it_is_cancelled()
    {
        using Netns place = Netns.Create();
        using NetlinkMonitor monitor = place.In(() => NetlinkMonitor.OpenRoute());
        using CancellationTokenSource end = new();
        ValueTask<bool> next = monitor.ReadAsync(end.Token).GetAsyncEnumerator(end.Token).MoveNextAsync();

        await end.CancelAsync();

        await FluentActions.Awaiting(async () => await next).Should().ThrowAsync<OperationCanceledException>();
    }

    private static async Task<List<NetlinkEvent>> HearAsync(NetlinkMonitor monitor, Func<NetlinkEvent, bool> isLast)
    {
        using CancellationTokenSource end = new(Eventually.Soon);
        List<NetlinkEvent> heard = [];
        await foreach (NetlinkEvent one in monitor.ReadAsync(end.Token))
        {
            heard.Add(one);
            if (isLast(one))
            {
                break;
            }
        }
        return heard;
    }
}
