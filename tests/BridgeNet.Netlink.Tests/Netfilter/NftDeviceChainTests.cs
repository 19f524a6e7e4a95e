using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Netlink.Tests.Netfilter;

/// <summary>Families whose hooks have numbers of their own.</summary>
public class NftDeviceChainTests
{
    private const string Priority = "filter + 7"; // nft's words for 7

    [Theory]
    [InlineData(NftHookPoint.Ingress, "ingress")]
    [InlineData(NftHookPoint.Egress, "egress")]
    public void A_netdev_chain_hangs_on_its_device(NftHookPoint point, string name)
    {
        using NftHost host = new();
        NftChain chain = Chain(NftFamily.Netdev, point) with { Hook = new NftHook { Point = point, Priority = 7, Devices = ["lo"] } };

        ShouldBeListedAs(host, chain, $"type filter hook {name} device \"lo\" priority {Priority}; policy accept;");
    }

    [Theory]
    [InlineData(NftHookPoint.Prerouting, "prerouting")]
    [InlineData(NftHookPoint.Forward, "forward")]
    [InlineData(NftHookPoint.Output, "output")]
    public void A_bridge_chain_has_its_hook(NftHookPoint point, string name)
    {
        using NftHost host = new();

        ShouldBeListedAs(host, Chain(NftFamily.Bridge, point), $"type filter hook {name} priority 7; policy accept;");
    }

    [Theory]
    [InlineData(NftHookPoint.Input, "input")]
    [InlineData(NftHookPoint.Output, "output")]
    public void An_arp_chain_has_its_hook(NftHookPoint point, string name)
    {
        using NftHost host = new();

        ShouldBeListedAs(host, Chain(NftFamily.Arp, point), $"type filter hook {name} priority {Priority}; policy accept;");
    }

    [Fact]
    public void Bridge_rules_match_addresses_by_ethertype()
    {
        using NftHost host = new();
        NftChain chain = Chain(NftFamily.Bridge, NftHookPoint.Prerouting);

        host.Socket.Transaction().CreateTable(new NftTable { Id = chain.Table }).CreateChain(chain)
            .AddRule(chain.Rule()
                .Match(NftField.EthernetSource, NftValue.Mac(MacAddress.Parse("02:42:ac:11:00:02")))
                .MatchNot(NftField.IPv4Source, System.Net.IPAddress.Parse("172.17.0.2")).Drop())
            .Commit();

        host.List($"table {chain.Table}").Should().Contain("ether saddr 02:42:ac:11:00:02 ip saddr != 172.17.0.2 drop");
    }

    private static NftChain Chain(NftFamily family, NftHookPoint point) => new()
    {
        Table = new NftTableId(family, "sample"),
        Name = "first",
        Type = NftChainType.Filter,
        Hook = new NftHook { Point = point, Priority = 7 },
        Policy = NftPolicy.Accept,
    };

    private static void ShouldBeListedAs(NftHost host, NftChain chain, string line)
    {
        host.Socket.Transaction().CreateTable(new NftTable { Id = chain.Table }).CreateChain(chain).Commit();

        (host.Socket.ListChains(chain.Table).Single() with { Handle = null }).Should().Be(chain);
        host.List($"table {chain.Table}").Should().Contain(line);
    }
}
