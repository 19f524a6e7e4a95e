using System.Net;
using System.Text;

using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Tests.Iptables;

/// <summary>Rules as each iptables writes them.</summary>
public sealed class IptablesRuleTests
{
    private static readonly NftExpression[] s_byMeta = [new MetaExpression { Key = MetaKey.TransportProtocol, Register = NftRegister.R1 }, Equal(17)];
    private static readonly NftExpression[] s_byHeader = [Load(PayloadBase.NetworkHeader, 9, 1), Equal(17)];
    private static readonly NftExpression[] s_subnet = [Load(PayloadBase.NetworkHeader, 12, 3), Equal(10, 89, 1)];
    private static readonly NftExpression[] s_otherSubnet = [Load(PayloadBase.NetworkHeader, 12, 3), Equal(10, 89, 2)];
    private static readonly NftExpression[] s_port = [Load(PayloadBase.TransportHeader, 2, 2), Equal(0, 53)];

    [Fact]
    public void Releases_of_iptables_write_one_rule_in_several_ways()
    {
        NftRule old = Rule([.. s_byMeta, .. s_subnet, .. s_port]), recent = Rule([.. s_subnet, .. s_byHeader, .. s_port, new CounterExpression()]);

        IptablesRule.IsSame(old, recent).Should().BeTrue();
        IptablesRule.IsSame(old, Rule([.. s_byMeta, .. s_otherSubnet, .. s_port])).Should().BeFalse();
        IptablesRule.IsSame(old, Rule([.. s_byMeta, .. s_subnet])).Should().BeFalse();
    }

    [Fact]
    public void An_interface_is_compared_with_or_without_what_follows_its_name()
    {
        MetaExpression name = new() { Key = MetaKey.OutputInterfaceName, Register = NftRegister.R1 };

        IptablesRule.IsSame(Rule([name, Equal("br1\0")]), Rule([name, Equal("br1\0\0\0\0\0\0\0\0\0\0\0\0\0")])).Should().BeTrue();
        IptablesRule.IsSame(Rule([name, Equal("br1\0")]), Rule([name, Equal("br2\0")])).Should().BeFalse();
    }

    [Fact]
    public void A_rule_mentions_a_subnet_whatever_else_it_says()
    {
        NftRule rule = Rule([.. s_byMeta, .. s_subnet, .. s_port]);

        IptablesRule.Mentions(rule, Rule(s_subnet)).Should().BeTrue();
        IptablesRule.Mentions(rule, Rule(s_otherSubnet)).Should().BeFalse();
    }

    [Fact]
    public void A_translation_says_where_it_leads()
    {
        IPAddress container = IPAddress.Parse("10.89.1.2");

        IptablesRule.TranslationOf(Rule([.. s_port, XtExtension.DestinationNat(container, 80)])).Should().Be(container);
        IptablesRule.TranslationOf(Rule(s_port)).Should().BeNull();
    }

    private static NftRule Rule(NftExpression[] expressions) => new()
    {
        Table = new NftTableId(NftFamily.IPv4, "nat"),
        Chain = "PREROUTING",
        Expressions = [.. expressions],
    };

    private static PayloadExpression Load(PayloadBase from, uint offset, uint length) =>
        new() { Base = from, Offset = offset, Length = length, Register = NftRegister.R1 };

    private static CompareExpression Equal(string name) => Equal(Encoding.ASCII.GetBytes(name));

    private static CompareExpression Equal(params byte[] value) =>
        new() { Register = NftRegister.R1, Operator = CompareOperator.Equal, Value = new NftValue(value) };
}
