using System.Net.Sockets;
using System.Text.Json;

using BridgeNet.Shaping;
using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>Limits of what really goes through a veth. Only a least time is asserted: a busy machine is slow, never fast.</summary>
public sealed class TrafficShaperTests
{
    private const int Bytes = 600_000;

    private static readonly Bandwidth s_slow =
        new() { IngressRate = 8_000_000, IngressBurst = 100_000, EgressRate = 8_000_000, EgressBurst = 100_000 };

    /// <summary>What goes beyond the burst takes half a second at the rate.</summary>
    private static readonly TimeSpan s_least = TimeSpan.FromMilliseconds(400);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_direction_is_limited(bool isIngress)
    {
        using ShapedPair pair = new();
        pair.Apply(isIngress ? s_slow with { EgressRate = null, EgressBurst = null } : s_slow with { IngressRate = null, IngressBurst = null });
        (Socket from, Socket to) = Ends(pair, isIngress);

        ShapedPair.Transfer(from, to, Bytes).Should().BeGreaterThan(s_least);

        HasIfb(pair).Should().Be(!isIngress);
        pair.Disciplines.Should().ContainEquivalentOf("qdisc tbf", Exactly.Once())
            .And.MatchRegex($"qdisc tbf [0-9a-f]+: dev {(isIngress ? ShapedPair.Veth : ShapedPair.Ifb)} root");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_limit_is_lifted_from_under_a_connection_and_set_again(bool isIngress)
    {
        using ShapedPair pair = new();
        pair.Apply(new Bandwidth { IngressRate = 800, EgressRate = 800 });
        (Socket from, Socket to) = Ends(pair, isIngress);
        Thread sender = ShapedPair.StartSending(from, Bytes);
        ShapedPair.Receive(to, 1);
        pair.Apply(new Bandwidth { IngressRate = 1_000_000_000, EgressRate = 1_000_000_000 });
        ShapedPair.Receive(to, Bytes - 1); // at the first rate that would take more than an hour
        sender.Join();

        pair.Apply(s_slow);

        ShapedPair.Transfer(from, to, Bytes).Should().BeGreaterThan(s_least);
    }

    [Fact]
    public void Nothing_is_left_of_limits_that_are_taken_back()
    {
        using ShapedPair pair = new();
        string before = pair.Disciplines;
        pair.Apply(s_slow);
        HasIfb(pair).Should().BeTrue();
        (Socket host, Socket container) = pair.Connect();

        pair.Apply(wanted: null);

        pair.Disciplines.Should().Be(before);
        HasIfb(pair).Should().BeFalse();
        ShapedPair.Transfer(host, container, Bytes);
        ShapedPair.Transfer(container, host, Bytes);
        pair.Apply(wanted: null);
        pair.Disciplines.Should().Be(before);
    }

    [Fact]
    public void What_is_as_wanted_is_left_alone_and_a_change_is_made_in_place()
    {
        using ShapedPair pair = new();
        pair.Apply(s_slow);
        (string disciplines, string filters) = (pair.Disciplines, pair.Filters);

        pair.Apply(s_slow);

        (pair.Disciplines, pair.Filters).Should().Be((disciplines, filters));
        pair.Apply(s_slow with { IngressRate = 16_000_000, EgressRate = 16_000_000 });
        pair.Filters.Should().Be(filters, "the very same action is there, by its index");
        pair.Disciplines.Replace("16Mbit", "8Mbit", StringComparison.Ordinal).Split('\n').Select(UpToRate)
            .Should().Equal(disciplines.Split('\n').Select(UpToRate), "the handles are the same");
    }

    [Theory]
    [InlineData("tc qdisc add dev vh root handle 1: pfifo limit 5")]
    [InlineData("tc qdisc add dev vh root handle 1: tbf rate 1kbit burst 2k limit 4k peakrate 2kbit mtu 1600")]
    [InlineData("tc qdisc add dev vh ingress")]
    [InlineData("tc qdisc add dev vh clsact")]
    [InlineData("ip link add ifb-shaped type ifb")]
    [InlineData("ip link add ifb-shaped mtu 600 type ifb; tc qdisc add dev ifb-shaped root handle 1: pfifo limit 5")]
    [InlineData("tc qdisc add dev vh ingress; tc filter add dev vh ingress prio 7 u32 match ip dst 192.0.2.9/32 flowid 1:1")]
    public void Whatever_was_there_both_directions_are_limited(string making)
    {
        using ShapedPair pair = new();
        pair.Host.RunOk(making);

        pair.Apply(s_slow);

        (Socket host, Socket container) = pair.Connect();
        ShapedPair.Transfer(host, container, Bytes).Should().BeGreaterThan(s_least);
        ShapedPair.Transfer(container, host, Bytes).Should().BeGreaterThan(s_least);
    }

    [Fact]
    public void A_way_to_an_ifb_that_is_gone_is_mended()
    {
        using ShapedPair pair = new();
        pair.Apply(s_slow);
        pair.Host.RunOk($"ip link del {ShapedPair.Ifb}");

        pair.Apply(s_slow);

        (Socket host, Socket container) = pair.Connect();
        ShapedPair.Transfer(container, host, Bytes).Should().BeGreaterThan(s_least);
    }

    [Theory]
    [InlineData("ingress", "tc filter add dev vh ingress prio 7 u32 match ip dst 192.0.2.9/32 flowid 1:1")]
    [InlineData("clsact", "tc filter add dev vh egress prio 7 u32 match ip dst 192.0.2.9/32 flowid 1:1")]
    [InlineData("clsact", "")]
    public void What_others_hang_on_the_veth_stays(string kind, string making)
    {
        using ShapedPair pair = new();
        pair.Host.RunOk($"tc qdisc add dev vh {kind}; {making}");
        string before = pair.Disciplines + pair.Filters;
        pair.Apply(s_slow);

        pair.Apply(wanted: null);

        (pair.Disciplines + pair.Filters).Should().Be(before);
    }

    [Fact]
    public void The_ifb_is_up_and_has_no_address()
    {
        using ShapedPair pair = new();

        pair.Apply(s_slow);

        JsonElement ifb = pair.Host.Ip($"addr show dev {ShapedPair.Ifb}").EnumerateArray().Single();
        ifb.GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()).Should().Contain("UP");
        ifb.GetProperty("addr_info").GetArrayLength().Should().Be(0);
        ifb.GetProperty("mtu").GetInt32().Should().Be(ShapedPair.Mtu);
    }

    [Fact]
    public void Only_an_ifb_is_removed_and_one_that_is_gone_is_fine()
    {
        using ShapedPair pair = new();
        pair.Apply(s_slow);

        TrafficShaper.Remove(pair.Route, ShapedPair.Ifb);
        HasIfb(pair).Should().BeFalse();
        TrafficShaper.Remove(pair.Route, ShapedPair.Ifb);
        TrafficShaper.Remove(pair.Route, ShapedPair.Veth);

        pair.Host.RunOk($"ip link show {ShapedPair.Veth}");
    }

    [Fact]
    public void What_cannot_be_limited_is_named()
    {
        using ShapedPair pair = new();
        string before = pair.Disciplines;
        Action missing = () => TrafficShaper.Apply(pair.Route, InterfaceName.Parse("nobody"), ShapedPair.Ifb, ShapedPair.Mtu, s_slow);
        Action taken = () => TrafficShaper.Apply(pair.Route, ShapedPair.Veth, ShapedPair.Veth, ShapedPair.Mtu, s_slow with { IngressRate = null });

        missing.Should().Throw<NetlinkException>().WithMessage("*nobody*").Which.Errno.Should().Be(Errno.ENODEV);
        taken.Should().Throw<ConfigurationException>().WithMessage("Bandwidth: the name vh,*another link's");
        pair.Disciplines.Should().Be(before);
    }

    private static (Socket From, Socket To) Ends(ShapedPair pair, bool isIngress)
    {
        (Socket host, Socket container) = pair.Connect();
        return isIngress ? (host, container) : (container, host);
    }

    private static bool HasIfb(ShapedPair pair) => pair.Route.TryGetLink(LinkSelector.ByName(ShapedPair.Ifb)) is not null;

    private static string UpToRate(string line) => line.Split(" burst ")[0];
}
