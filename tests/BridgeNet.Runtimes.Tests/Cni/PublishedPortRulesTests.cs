using System.Net;
using System.Net.Sockets;

using BridgeNet.Netlink.Netfilter;
using BridgeNet.Runtimes.Cni.Firewall;

namespace BridgeNet.Runtimes.Tests.Cni;

/// <summary>Rules of published ports, as each iptables writes them.</summary>
public sealed class PublishedPortRulesTests
{
    private static readonly PortMapping s_web = new(null, 8080, 80, ProtocolType.Tcp);

    private static readonly NftExpression[] s_byMeta = [new MetaExpression { Key = MetaKey.TransportProtocol, Register = NftRegister.R1 }, Equal(6)];
    private static readonly NftExpression[] s_byHeader = [Load(PayloadBase.NetworkHeader, 9, 1), Equal(6)];
    private static readonly NftExpression[] s_address = [Load(PayloadBase.NetworkHeader, 16, 4), Equal(192, 0, 2, 1)];
    private static readonly NftExpression[] s_port = [Load(PayloadBase.TransportHeader, 2, 2), Equal(0x1f, 0x90)];

    /// <summary>iptables 1.8.9 writes -p first, by meta; 1.8.11 and later write it behind the addresses, by the header's byte.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_port_is_found_whichever_iptables_wrote_its_rule(bool isNew, bool isAtAddress)
    {
        NftExpression[] address = isAtAddress ? s_address : [];
        NftRule rule = Rule(isNew ? [.. address, .. s_byHeader, .. s_port] : [.. s_byMeta, .. address, .. s_port]);

        PublishedPortRules.Publishes(rule, s_web).Should().BeTrue();
        PublishedPortRules.Publishes(rule, s_web with { HostAddress = IPAddress.Parse("192.0.2.1") }).Should().BeTrue();
        PublishedPortRules.Publishes(rule, s_web with { HostAddress = IPAddress.Parse("192.0.2.9") }).Should().Be(!isAtAddress);
        PublishedPortRules.Publishes(rule, s_web with { HostPort = 8081 }).Should().BeFalse();
        PublishedPortRules.Publishes(rule, s_web with { Protocol = ProtocolType.Udp }).Should().BeFalse();
    }

    private static NftRule Rule(NftExpression[] conditions) => new()
    {
        Table = new NftTableId(NftFamily.IPv4, "nat"),
        Chain = "CNI-DN-1",
        Expressions = [.. conditions, XtExtension.DestinationNat(IPAddress.Parse("10.9.0.2"), 80)],
    };

    private static PayloadExpression Load(PayloadBase from, uint offset, uint length) =>
        new() { Base = from, Offset = offset, Length = length, Register = NftRegister.R1 };

    private static CompareExpression Equal(params byte[] value) =>
        new() { Register = NftRegister.R1, Operator = CompareOperator.Equal, Value = new NftValue(value) };
}
