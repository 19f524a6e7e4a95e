using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;
using BridgeNet.Runtimes.Cni.Firewall;
using BridgeNet.TestKit;

namespace BridgeNet.Runtimes.Tests.Cni;

/// <summary>Which of other people's chains get rules that let a container through.</summary>
public sealed class ForeignAcceptTests : IDisposable
{
    private static readonly CniOwner s_owner = new("net", "container", "eth0");

    private readonly Netns _host = Netns.Create("accept");
    private readonly NetfilterSocket _netfilter;

    public ForeignAcceptTests()
    {
        using NetworkNamespace host = NetworkNamespace.Open(_host.Path);
        _netfilter = host.Run(NetfilterSocket.Open);
    }

    public void Dispose()
    {
        _netfilter.Dispose();
        _host.Dispose();
    }

    [Theory]
    [InlineData("type filter hook forward priority 0; policy drop;")]
    [InlineData("type filter hook forward priority 0; reject;")]
    [InlineData("type filter hook forward priority 0; ct state established accept; drop;")]
    [InlineData("type filter hook forward priority 0; jump others;", "drop;")]
    [InlineData("type filter hook forward priority 0; iifname \"docker0\" accept; drop;")]
    public void A_chain_that_stops_its_packets_lets_a_container_through_until_it_goes(string forward, string others = "")
    {
        string before = Load(forward, others);

        CniLayouts.Nftables.AddForward(_netfilter, s_owner, Request());
        CniLayouts.Nftables.AddForward(_netfilter, s_owner, Request());

        RulesOf(Listing()).Should().Equal(
            "ip daddr 10.1.0.2 ct status dnat counter packets 0 bytes 0 accept comment \"net container eth0\"",
            "ip daddr 10.1.0.2 ct state established,related counter packets 0 bytes 0 accept comment \"net container eth0\"",
            "ip saddr 10.1.0.2 counter packets 0 bytes 0 accept comment \"net container eth0\"");
        CniLayouts.Nftables.RemoveForward(_netfilter, s_owner, []);
        Listing().Should().Be(before);
    }

    [Theory]
    [InlineData("type filter hook forward priority 0; policy accept;")]
    [InlineData("type filter hook forward priority 0; policy drop; accept;")]
    [InlineData("type filter hook forward priority 0; ip saddr 192.0.2.1 drop;")]
    [InlineData("type filter hook forward priority 0; jump others; drop;", "accept;")]
    [InlineData("type filter hook forward priority 0; policy drop; ct state new accept; ct state established,related accept;")]
    [InlineData("type filter hook input priority 0; policy drop;")]
    public void A_chain_that_stops_nothing_for_sure_is_left_alone(string forward, string others = "")
    {
        string before = Load(forward, others);

        CniLayouts.Nftables.AddForward(_netfilter, s_owner, Request());

        Listing().Should().Be(before);
        CniLayouts.Nftables.RemoveForward(_netfilter, s_owner, []);
    }

    [Fact]
    public void A_table_that_sleeps_is_left_alone_and_a_rule_in_it_is_taken_away()
    {
        string before = Load("type filter hook forward priority 0; policy drop;", "");
        CniLayouts.Nftables.AddForward(_netfilter, s_owner, Request());
        _host.RunOk("nft add table inet admin '{ flags dormant; }'");

        CniLayouts.Nftables.RemoveForward(_netfilter, s_owner, []);

        Listing().Replace("\tflags dormant\n\n", "", StringComparison.Ordinal).Should().Be(before);
    }

    private static ForwardRequest Request() => new() { Containers = [InterfaceAddress.Parse("10.1.0.2/24")] };

    private static IEnumerable<string> RulesOf(string listing) =>
        listing.Split('\n').Select(line => line.Trim()).Where(line => line.EndsWith("comment \"net container eth0\"", StringComparison.Ordinal));

    private string Load(string forward, string others)
    {
        string table = $"table inet admin {{ chain others {{ {others} }}; chain forward {{ {forward} }}; }}";
        Programs.Run("nsenter", [$"--net={_host.Path}", "nft", "-f", "-"], table).OrThrow();
        return Listing();
    }

    private string Listing() => _host.RunOk("nft list table inet admin");
}
