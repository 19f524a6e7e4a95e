using BridgeNet.Netlink.Netfilter;
using BridgeNet.TestKit;

using CsCheck;

namespace BridgeNet.Netlink.Tests.Netfilter;

/// <summary>Tables of the older iptables, with its own programs as witnesses.</summary>
public class LegacyTableTests
{
    [Theory]
    [InlineData("iptables-legacy", NftFamily.IPv4)]
    [InlineData("ip6tables-legacy", NftFamily.IPv6)]
    public void A_table_is_read_in_the_words_of_nf_tables(string program, NftFamily family)
    {
        using Netns host = Netns.Create("legacy");
        NftTableId filter = new(family, "filter");
        host.RunOk(
            $"""
            set -e
            {program} -P FORWARD DROP
            {program} -N mine
            {program} -N yours
            {program} -A FORWARD -i wg+ ! -o eth0
            {program} -A FORWARD -p tcp -j mine
            {program} -A FORWARD -g yours
            {program} -A mine -m comment --comment hello -j RETURN
            {program} -A mine -j ACCEPT
            {program} -A yours -j LOG
            {program} -A yours -j DROP
            """);

        LegacyTable table = host.In(LegacyTable.Read).Should().ContainSingle().Which;

        table.Id.Should().Be(filter);
        table.Chains.Select(chain => $"{chain.Name} {chain.Hook?.Point} {chain.Policy}").Should()
            .BeEquivalentTo("INPUT Input Accept", "FORWARD Forward Drop", "OUTPUT Output Accept", "mine  ", "yours  ");
        NftChain forward = new() { Table = filter, Name = "FORWARD" };
        Expressions("FORWARD").Should().Equal(
            forward.Rule()
                .MatchPrefix(NftField.InputInterface, "wg")
                .MatchNot(NftField.OutputInterface, new NftValue("eth0\0"u8))
                .Build()
                .Expressions,
            forward.Rule().Add(new UnknownExpression { Kind = "ip", Data = default }).Jump("mine").Expressions,
            forward.Rule().Goto("yours").Expressions);
        Expressions("mine")[0].Select(expression => (expression as CompatExpression)?.Extension).Should().Equal("comment", null);
        Expressions("mine").Skip(1).Should().Equal(forward.Rule().Accept().Expressions, forward.Rule().Return().Expressions);
        Expressions("yours")[0].Single()
            .Should().BeOfType<CompatExpression>().Which.Should().Match<CompatExpression>(log => log.IsTarget && log.Extension == "LOG");
        Expressions("yours")[1].Should().Equal(forward.Rule().Drop().Expressions);

        ValueList<NftExpression>[] Expressions(string chain) =>
            [.. table.Rules.Where(rule => string.Equals(rule.Chain, chain, StringComparison.Ordinal)).Select(rule => rule.Expressions)];
    }

    [Theory]
    [InlineData("iptables-legacy", "10.9.0.2/32", "0a090002", 4)]
    [InlineData("ip6tables-legacy", "fd00:9::2/128", "fd000009000000000000000000000002", 16)]
    public void The_addresses_of_a_rule_are_in_its_data(string program, string source, string digits, int length)
    {
        using Netns host = Netns.Create("legacy");
        host.RunOk($"{program} -A FORWARD -s {source} -j ACCEPT");

        NftRule rule = host.In(LegacyTable.Read).Single().Rules.Single();

        UnknownExpression addresses = rule.Expressions.OfType<UnknownExpression>().Single();
        addresses.Kind.Should().Be(LegacyTable.AddressKind);
        addresses.Data.Bytes.Length.Should().Be(4 * length, "source, destination and their masks");
        Convert.ToHexStringLower(addresses.Data.Bytes[..length]).Should().Be(digits);
        addresses.Data.Bytes.Slice(2 * length, length).ToArray().Should().AllBeEquivalentTo((byte)0xff);
        addresses.Data.Bytes[(3 * length)..].ToArray().Should().AllBeEquivalentTo((byte)0);
    }

    [Fact]
    public void Where_it_was_never_used_there_is_nothing_and_nothing_comes_of_asking()
    {
        using Netns host = Netns.Create("legacy");

        host.In(LegacyTable.Read).Should().BeEmpty();

        host.RunOk("cat /proc/thread-self/net/ip_tables_names").Should().BeEmpty();
    }

    [Fact]
    public void Any_bytes_are_read_or_refused() =>
        Gen.Select(Gen.OneOf(
            Gen.Const(NftFamily.IPv4), Gen.Const(NftFamily.IPv6)), Gen.Byte.Array[84], Gen.Byte.Array[0, 600]).Sample((family, info, entries) =>
        {
            try
            {
                LegacyTableReader.Read(new NftTableId(family, "filter"), info, entries);
            }
            catch (NetlinkFormatException)
            {
            }
        });

    [Fact]
    public void A_damaged_table_is_read_or_refused()
    {
        using Netns host = Netns.Create("legacy");
        host.RunOk(
            "iptables-legacy -A FORWARD -p tcp -m conntrack --ctstate NEW -m comment --comment x -j REJECT; iptables-legacy -N a; "
                + "iptables-legacy -A a -j LOG");
        byte[] info = [];
        byte[] entries = host.In(() => Native.XtablesSocket.Read(ipv6: false, "filter", out info));

        Gen.Select(Gen.Int[0, entries.Length - 1], Gen.Byte).Sample((where, value) =>
        {
            byte[] damaged = [.. entries];
            damaged[where] = value;
            try
            {
                LegacyTableReader.Read(new NftTableId(NftFamily.IPv4, "filter"), info, damaged);
            }
            catch (NetlinkFormatException)
            {
            }
        });
    }

    [Fact]
    public void A_description_that_is_too_short_is_refused()
    {
        Action read = () => LegacyTableReader.Read(new NftTableId(NftFamily.IPv4, "filter"), new byte[20], []); // found by fuzzing

        read.Should().Throw<NetlinkFormatException>().WithMessage("*got 20*");
    }
}
