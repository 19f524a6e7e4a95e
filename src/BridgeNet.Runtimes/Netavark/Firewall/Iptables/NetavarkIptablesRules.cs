using System.Net;
using System.Net.Sockets;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>netavark's rules in the tables of iptables of one family, in its order, as <c>iptables-save</c> prints netavark's.</summary>
/// <param name="family">IPv4 or IPv6.</param>
internal sealed class NetavarkIptablesRules(NftFamily family)
{
    private const ushort DnsPort = NetavarkOptions.UsualDnsPort;
    private const uint DestinationPortOffset = 2;

    private static readonly IPNetwork s_multicast4 = IPNetwork.Parse("224.0.0.0/4");
    private static readonly IPNetwork s_multicast6 = IPNetwork.Parse("ff00::/8");

    private readonly bool _isIPv6 = family is NftFamily.IPv6;

    private NftField Source => _isIPv6 ? NftField.IPv6Source : NftField.IPv4Source;

    private NftField Destination => _isIPv6 ? NftField.IPv6Destination : NftField.IPv4Destination;

    /// <summary>-A INPUT -j NETAVARK_INPUT.</summary>
    public NftRule ToInput => Filter("INPUT").Add(XtExtension.Comment("netavark firewall rules")).Counter().Jump(NetavarkChain.Input);

    /// <summary>-A FORWARD -j NETAVARK_FORWARD.</summary>
    public NftRule ToForward => Filter("FORWARD").Add(XtExtension.Comment("netavark firewall rules")).Counter().Jump(NetavarkChain.Forward);

    /// <summary>-A FORWARD -j NETAVARK_ISOLATION_1.</summary>
    public NftRule ToIsolation => Filter("FORWARD").Counter().Jump(NetavarkChain.Isolation1);

    /// <summary>-A NETAVARK_ISOLATION_3 -j NETAVARK_ISOLATION_2.</summary>
    public NftRule Isolation3ToIsolation2 => Filter(NetavarkChain.Isolation3).Counter().Jump(NetavarkChain.Isolation2);

    /// <summary>-A NETAVARK_FORWARD -m conntrack --ctstate INVALID -j DROP.</summary>
    public NftRule DropInvalid => Filter(NetavarkChain.Forward).Add(XtExtension.ConnectionState(CtStateFlags.Invalid)).Counter().Drop();

    /// <summary>-A POSTROUTING -j NETAVARK-HOSTPORT-MASQ.</summary>
    public NftRule ToMarked => Nat("POSTROUTING").Counter().Jump(NetavarkChain.Marked);

    /// <summary>-A NETAVARK-HOSTPORT-SETMARK -j MARK.</summary>
    public NftRule SetMark =>
        Nat(NetavarkChain.Mark).Counter().Add(XtExtension.SetMarkBits(NetavarkLayout.MasqueradeMark)).Build();

    /// <summary>-A NETAVARK-HOSTPORT-MASQ -m mark -j MASQUERADE.</summary>
    public NftRule MasqueradeMarked => Nat(NetavarkChain.Marked)
        .Add(XtExtension.Comment("netavark portfw masq mark"))
        .MatchMasked(NftField.Mark, NftValue.UInt32(NetavarkLayout.MasqueradeMark), NftValue.UInt32(NetavarkLayout.MasqueradeMark))
        .Counter()
        .Add(XtExtension.Masquerade(family))
        .Build();

    /// <summary>-A PREROUTING or OUTPUT -j NETAVARK-HOSTPORT-DNAT.</summary>
    public NftRule ToPorts(string hook) =>
        Nat(hook).Add(XtExtension.DestinationType(FibAddressType.Local)).Counter().Jump(NetavarkChain.Ports);

    /// <summary>A network's rules in the table filter, without those of isolation.</summary>
    public IEnumerable<NftRule> OfFilter(NetavarkNetworkRecord network) => SubnetsOf(network).SelectMany(subnet => (NftRule[])
    [
        .. ((ProtocolType[])[ProtocolType.Udp, ProtocolType.Tcp]).Select(protocol => Filter(NetavarkChain.Input)
            .Match(Source, subnet)
            .Match(NftField.TransportProtocol, NftValue.Protocol(protocol))
            .Match(NftField.DestinationPort, network.DnsPort)
            .Counter()
            .Accept()),
        Filter(NetavarkChain.Forward)
            .Match(Destination, subnet)
            .Add(XtExtension.ConnectionState(CtStateFlags.Related | CtStateFlags.Established))
            .Counter()
            .Accept(),
        Filter(NetavarkChain.Forward).Match(Source, subnet).Counter().Accept(),
    ]);

    /// <summary>A network's rules of isolation. Each comes in front.</summary>
    public IEnumerable<NftRule> OfIsolation(NetavarkNetworkRecord network)
    {
        InterfaceName bridge = InterfaceName.Parse(network.Bridge);
        NftRule Closed(string chain) => Filter(chain).Match(NftField.OutputInterface, bridge).Counter().Drop();
        return network.Isolation is NetavarkIsolation.Never
            ? [Closed(NetavarkChain.Isolation3)]
            :
            [
                Filter(NetavarkChain.Isolation1)
                    .Match(NftField.InputInterface, bridge)
                    .MatchNot(NftField.OutputInterface, bridge)
                    .Counter()
                    .Jump(network.Isolation is NetavarkIsolation.Strict ? NetavarkChain.Isolation3 : NetavarkChain.Isolation2),
                Closed(NetavarkChain.Isolation2),
            ];
    }

    /// <summary>A network's rules in the table nat.</summary>
    public IEnumerable<NftRule> OfNat(NetavarkNetworkRecord network)
    {
        string chain = NetavarkChain.Of(network);
        return SubnetsOf(network).SelectMany(subnet => (NftRule[])
        [
            Nat(chain).Match(Destination, subnet).Counter().Accept(),
            Nat(chain).MatchNot(Destination, _isIPv6 ? s_multicast6 : s_multicast4).Counter().Add(OutboundOf(network, subnet)).Build(),
            Nat("POSTROUTING").Match(Source, subnet).Counter().Jump(chain),
        ]);
    }

    private CompatExpression OutboundOf(NetavarkNetworkRecord network, IPNetwork subnet) =>
        network.OutboundAddressOf(subnet) is { } address ? XtExtension.SourceNat(address) : XtExtension.Masquerade(family);

    /// <summary>What a rule says that is for packets from, or to, a subnet of a network.</summary>
    public IEnumerable<NftRule> SignsOf(NetavarkNetworkRecord network) => SubnetsOf(network).SelectMany(subnet =>
        (NftRule[])[Filter("").Match(Source, subnet).Build(), Filter("").Match(Destination, subnet).Build()]);

    /// <summary>What a rule says that is for packets from, or to, a network's bridge.</summary>
    public IEnumerable<NftRule> BridgeSignsOf(NetavarkNetworkRecord network)
    {
        InterfaceName bridge = InterfaceName.Parse(network.Bridge);
        return [Filter("").Match(NftField.InputInterface, bridge).Build(), Filter("").Match(NftField.OutputInterface, bridge).Build()];
    }

    /// <summary>The rules that lead to a network's name server where it listens at another port. Each comes in front.</summary>
    public IEnumerable<NftRule> OfNameServer(NetavarkPortRecord ports) => ports.DnsPort == DnsPort
        ? []
        : ports.DnsServers.Where(server => server.AddressFamily == AddressFamilyOf).SelectMany(server =>
            ((ProtocolType[])[ProtocolType.Udp, ProtocolType.Tcp]).Select(protocol => Nat(NetavarkChain.Ports)
                .Match(Destination, server)
                .Match(NftField.TransportProtocol, NftValue.Protocol(protocol))
                .Match(NftField.DestinationPort, DnsPort)
                .Counter()
                .Add(XtExtension.DestinationNat(server, ports.DnsPort))
                .Build()));

    /// <summary>A container's jumps to the chain of its network's published ports; the host's address is compared there.</summary>
    /// <exception cref="NetavarkException">The network's name is too long for a comment of iptables.</exception>
    public IEnumerable<NftRule> EntriesOf(NetavarkPortRecord ports) => MappingsOf(ports).Select(mapping =>
        To(mapping, Nat(NetavarkChain.Ports), Comment(ports), rule => rule.Jump(NetavarkChain.PortsOf(ports.NetworkHash))));

    /// <summary>A container's rules in that chain: what is to be marked, and behind it where it goes.</summary>
    public IEnumerable<NftRule> PortsOf(NetavarkPortRecord ports)
    {
        string chain = NetavarkChain.PortsOf(ports.NetworkHash);
        if ((_isIPv6 ? ports.Address6 : ports.Address4) is not { } container || (_isIPv6 ? ports.Subnet6 : ports.Subnet4) is not { } subnet)
        {
            return [];
        }
        IPNetwork loopback = _isIPv6 ? new IPNetwork(IPAddress.IPv6Loopback, 128) : new IPNetwork(IPAddress.Loopback, 32);
        return MappingsOf(ports).SelectMany(mapping => (NftRule[])
        [
            .. ((IPNetwork[])[subnet, loopback]).Select(source =>
                To(mapping, At(mapping, Nat(chain).Match(Source, source)), comment: null, rule => rule.Jump(NetavarkChain.Mark))),
            To(mapping, At(mapping, Nat(chain)), comment: null, rule => rule.Add(TranslationTo(container, mapping)).Build()),
        ]);
    }

    /// <summary>The comment by which a container's jumps are its.</summary>
    public static string CommentOf(NetavarkPortRecord ports) => $"dnat name: {ports.NetworkName} id: {ports.ContainerId}";

    /// <summary>
    /// Whether there is a chain of published ports in this family. netavark makes it as soon as ports are mentioned, even if none is of this family.
    /// </summary>
    public bool HasPortsChain(NetavarkPortRecord ports) => ports.Mappings is not null && (_isIPv6 ? ports.Address6 : ports.Address4) is not null;

    private static CompatExpression Comment(NetavarkPortRecord ports)
    {
        try
        {
            return XtExtension.Comment(CommentOf(ports));
        }
        catch (ArgumentException error)
        {
            throw new NetavarkException(
                $"network {ports.NetworkName}: a comment of iptables cannot hold its name: name a shorter one, or use the driver nftables", error);
        }
    }

    private AddressFamily AddressFamilyOf => _isIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;

    private NftRuleBuilder Filter(string chain) => new(new NftTableId(family, "filter"), chain);

    private NftRuleBuilder Nat(string chain) => new(new NftTableId(family, "nat"), chain);

    private IEnumerable<IPNetwork> SubnetsOf(NetavarkNetworkRecord network) =>
        network.Subnets.Where(subnet => subnet.BaseAddress.AddressFamily == AddressFamilyOf);

    private IEnumerable<NetavarkPortMapping> MappingsOf(NetavarkPortRecord ports) => (_isIPv6 ? ports.Address6 : ports.Address4) is null
        ? []
        : (ports.Mappings ?? []).Where(mapping => NetavarkRules.IsOf(mapping, AddressFamilyOf));

    private NftRuleBuilder At(NetavarkPortMapping mapping, NftRuleBuilder rule) =>
        NetavarkRules.AddressOf(mapping) is { } address && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)
            ? rule.Match(Destination, address)
            : rule;

    private static NftRule To(NetavarkPortMapping mapping, NftRuleBuilder rule, CompatExpression? comment, Func<NftRuleBuilder, NftRule> end)
    {
        ProtocolType protocol = NetavarkRules.ProtocolOf(mapping.Protocol);
        ushort first = mapping.HostPort, last = (ushort)(first + mapping.Count - 1);
        rule.Match(NftField.TransportProtocol, NftValue.Protocol(protocol));
        if (protocol is not (ProtocolType.Tcp or ProtocolType.Udp))
        {
            rule.Add(XtExtension.SctpDestinationPorts(first, last));
        }
        else if (first == last)
        {
            rule.Match(NftField.DestinationPort, first);
        }
        else
        {
            rule.Add(new PayloadExpression
            {
                Register = NftRegister.R1,
                Base = PayloadBase.TransportHeader,
                Offset = DestinationPortOffset,
                Length = sizeof(ushort),
            }).Add(new RangeExpression { Register = NftRegister.R1, From = NftValue.Port(first), To = NftValue.Port(last) });
        }
        if (comment is not null)
        {
            rule.Add(comment);
        }
        return end(rule.Counter()) with { CompatProtocol = protocol };
    }

    private static CompatExpression TranslationTo(IPAddress container, NetavarkPortMapping mapping) => mapping.Count == 1
        ? XtExtension.DestinationNat(container, mapping.ContainerPort)
        : XtExtension.DestinationNat(
            container, mapping.ContainerPort, (ushort)(mapping.ContainerPort + mapping.Count - 1), basePort: mapping.HostPort);
}
