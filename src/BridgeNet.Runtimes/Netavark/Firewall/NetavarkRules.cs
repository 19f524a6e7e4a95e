using System.Globalization;
using System.Net;
using System.Net.Sockets;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>The rules of networks and of published ports, in netavark's order, as <c>nft list</c> prints netavark's.</summary>
internal static class NetavarkRules
{
    private const ushort DnsPort = NetavarkOptions.UsualDnsPort;

    private static readonly IPNetwork s_multicast4 = IPNetwork.Parse("224.0.0.0/4");

    /// <summary>netavark writes this for IPv6, where one would expect ff00::/8: containers' multicast is masqueraded.</summary>
    private static readonly IPNetwork s_unmasqueraded6 = IPNetwork.Parse("::/8");

    /// <summary>The chains that a network has for itself.</summary>
    public static IReadOnlyList<NftChain> ChainsOf(NetavarkNetworkRecord network) =>
    [
        .. network.Subnets.Select(subnet => NetavarkLayout.ChainOf(network.NetworkId, subnet)),
        .. network.Subnets.Select(subnet => NetavarkLayout.PortsOf(network.NetworkId, subnet)),
    ];

    /// <summary>A network's rules.</summary>
    public static IReadOnlyList<NetavarkPlacedRule> Of(NetavarkNetworkRecord network) =>
        [.. network.Subnets.SelectMany(subnet => Of(network, subnet)), .. OfIsolation(network)];

    /// <summary>The rules that lead to a network's name server where it listens at another port; its containers share them.</summary>
    public static IReadOnlyList<NetavarkPlacedRule> OfNameServer(NetavarkPortRecord ports) =>
        ports.DnsPort == DnsPort ? [] : [.. ports.DnsServers.Select(server => OfNameServer(server, ports.DnsPort))];

    /// <summary>The rules of a container's published ports on a network.</summary>
    public static IReadOnlyList<NetavarkPlacedRule> Of(NetavarkPortRecord ports) =>
    [
        .. OfPorts(ports, ports.Address4, ports.Subnet4),
        .. OfPorts(ports, ports.Address6, ports.Subnet6),
    ];

    private static IEnumerable<NetavarkPlacedRule> Of(NetavarkNetworkRecord network, IPNetwork subnet)
    {
        (NftField source, NftField destination) = FieldsOf(subnet.BaseAddress.AddressFamily);
        NftChain chain = NetavarkLayout.ChainOf(network.NetworkId, subnet);
        bool isIPv6 = subnet.BaseAddress.AddressFamily is AddressFamily.InterNetworkV6;
        NftRuleBuilder outbound = chain.Rule().MatchNot(destination, isIPv6 ? s_unmasqueraded6 : s_multicast4);
        return
        [
            new(NetavarkLayout.Input.Rule()
                .Match(source, subnet)
                .In(NetavarkTable.DnsProtocols, NftField.TransportProtocol)
                .Match(NftField.DestinationPort, DnsPort)
                .Accept()),
            new(NetavarkLayout.Forward.Rule().Match(destination, subnet).MatchState(CtStateFlags.Established | CtStateFlags.Related).Accept()),
            new(NetavarkLayout.Forward.Rule().Match(source, subnet).Accept()),
            new(chain.Rule().Match(destination, subnet).Accept()),
            new(network.OutboundAddressOf(subnet) is { } address ? outbound.SourceNat(address) : outbound.Masquerade()),
            new(NetavarkLayout.Postrouting.Rule().Match(source, subnet).Jump(chain.Name)),
        ];
    }

    private static IEnumerable<NetavarkPlacedRule> OfIsolation(NetavarkNetworkRecord network)
    {
        InterfaceName bridge = InterfaceName.Parse(network.Bridge);
        NftRule Closed(NftChain chain) => chain.Rule().Match(NftField.OutputInterface, bridge).Drop();
        if (network.Isolation is NetavarkIsolation.Never)
        {
            return [new NetavarkPlacedRule(Closed(NetavarkLayout.Isolation3), IsFirst: true)];
        }
        NftChain next = network.Isolation is NetavarkIsolation.Strict ? NetavarkLayout.Isolation3 : NetavarkLayout.Isolation2;
        return
        [
            new(NetavarkLayout.Isolation1.Rule()
                .Match(NftField.InputInterface, bridge)
                .MatchNot(NftField.OutputInterface, bridge)
                .Jump(next.Name)),
            new(Closed(NetavarkLayout.Isolation2)),
        ];
    }

    private static NetavarkPlacedRule OfNameServer(IPAddress server, ushort port)
    {
        (_, NftField destination) = FieldsOf(server.AddressFamily);
        NftRule rule = NetavarkLayout.Ports.Rule()
            .Match(destination, server)
            .In(NetavarkTable.DnsProtocols, NftField.TransportProtocol)
            .Match(NftField.DestinationPort, DnsPort)
            .DestinationNat(server, port);
        return new NetavarkPlacedRule(rule, IsFirst: true);
    }

    private static IEnumerable<NetavarkPlacedRule> OfPorts(NetavarkPortRecord ports, IPAddress? container, IPNetwork? subnet) =>
        container is null || subnet is not { } known
            ? []
            : (ports.Mappings ?? [])
                .Where(mapping => IsOf(mapping, container.AddressFamily))
                .SelectMany(mapping => OfPort(NetavarkLayout.PortsOf(ports.NetworkId, known), mapping, container, known));

    private static IEnumerable<NetavarkPlacedRule> OfPort(NftChain chain, NetavarkPortMapping mapping, IPAddress container, IPNetwork subnet)
    {
        (NftField source, _) = FieldsOf(container.AddressFamily);
        yield return new(WithPorts(At(NetavarkLayout.Ports.Rule(), mapping), mapping).Jump(chain.Name));
        yield return new(WithPorts(At(chain.Rule().Match(source, subnet), mapping), mapping).Jump(NetavarkLayout.Mark.Name));
        if (container.AddressFamily is AddressFamily.InterNetwork)
        {
            yield return new(WithPorts(At(chain.Rule().Match(source, IPAddress.Loopback), mapping), mapping).Jump(NetavarkLayout.Mark.Name));
        }
        for (int number = 0; number < mapping.Count; number++)
        {
            yield return new(
                WithPort(At(chain.Rule(), mapping), mapping, (ushort)(mapping.HostPort + number))
                    .DestinationNat(container, (ushort)(mapping.ContainerPort + number)));
        }
    }

    private static NftRuleBuilder At(NftRuleBuilder rule, NetavarkPortMapping mapping) =>
        AddressOf(mapping) is { } address && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)
            ? rule.Match(FieldsOf(address.AddressFamily).Destination, address)
            : rule;

    private static NftRuleBuilder WithPorts(NftRuleBuilder rule, NetavarkPortMapping mapping) => mapping.Count == 1
        ? WithPort(rule, mapping, mapping.HostPort)
        : OfProtocol(rule, mapping).MatchRange(
            NftField.DestinationPort, NftValue.Port(mapping.HostPort), NftValue.Port((ushort)(mapping.HostPort + mapping.Count - 1)));

    private static NftRuleBuilder WithPort(NftRuleBuilder rule, NetavarkPortMapping mapping, ushort port) =>
        OfProtocol(rule, mapping).Match(NftField.DestinationPort, port);

    private static NftRuleBuilder OfProtocol(NftRuleBuilder rule, NetavarkPortMapping mapping) =>
        rule.Match(NftField.TransportProtocol, NftValue.Protocol(ProtocolOf(mapping.Protocol)));

    /// <summary>The protocol of a mapping.</summary>
    /// <exception cref="NetavarkException">It is none that has ports.</exception>
    public static ProtocolType ProtocolOf(string protocol) => protocol switch
    {
        "tcp" => ProtocolType.Tcp,
        "udp" => ProtocolType.Udp,
        "sctp" => (ProtocolType)132,
        _ => throw new NetavarkException($"invalid protocol \"{protocol}\": tcp, udp and sctp have ports"),
    };

    /// <summary>The address of a mapping; null for every one.</summary>
    /// <exception cref="NetavarkException">It is no address.</exception>
    public static IPAddress? AddressOf(NetavarkPortMapping mapping)
    {
        try
        {
            return mapping.HostIP.Length == 0 ? null : AddressText.ParseAddress(mapping.HostIP);
        }
        catch (FormatException error)
        {
            throw new NetavarkException(
                string.Create(CultureInfo.InvariantCulture, $"invalid host ip \"{mapping.HostIP}\" provided for port {mapping.HostPort}"), error);
        }
    }

    /// <summary>Whether a mapping is one of a family.</summary>
    public static bool IsOf(NetavarkPortMapping mapping, AddressFamily family) =>
        AddressOf(mapping) is not { } address || address.AddressFamily == family;

    private static (NftField Source, NftField Destination) FieldsOf(AddressFamily family) => family is AddressFamily.InterNetworkV6
        ? (NftField.IPv6Source, NftField.IPv6Destination)
        : (NftField.IPv4Source, NftField.IPv4Destination);
}
