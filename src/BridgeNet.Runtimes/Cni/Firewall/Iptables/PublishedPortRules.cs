using System.Net;
using System.Net.Sockets;

using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>Reads rules of published ports in the reference's layout, whoever wrote them.</summary>
internal static class PublishedPortRules
{
    private const uint IPv4ProtocolOffset = 9, IPv4DestinationOffset = 16, IPv6DestinationOffset = 24, DestinationPortOffset = 2;

    /// <summary>Refuses ports that another container publishes. One container may publish a port on two networks: the first one leads.</summary>
    /// <exception cref="CniException">999: another container has a port; the message names it.</exception>
    public static void CheckFree(IptablesTable table, string entrance, CniOwner owner, IReadOnlyCollection<PortMapping> wanted)
    {
        foreach (NftRule entry in table.RulesOf(entrance))
        {
            string? comment = IptablesTable.CommentOf(entry);
            if (IptablesTable.TargetOf(entry) is not { } chain
                || ReferenceChain.IsOf(comment, owner.ContainerId)
                || !chain.StartsWith(ReferenceChain.DestinationNatPrefix, StringComparison.Ordinal))
            {
                continue;
            }
            IReadOnlyList<ushort> ports = entry.Expressions.OfType<CompatExpression>()
                .Select(XtExtension.ReadDestinationPorts)
                .FirstOrDefault(read => read is not null) ?? [];
            foreach (PortMapping mapping in wanted.Where(mapping => ports.Contains(mapping.HostPort)))
            {
                if (table.RulesOf(chain).Any(rule => Publishes(rule, mapping)))
                {
                    throw new CniException(
                        CniErrorCode.Internal,
                        $"port {mapping} is taken by {ReferenceChain.Describe(comment)}: choose another port, or delete that attachment");
                }
            }
        }
    }

    /// <summary>Whether a rule of a container's chain publishes a port at one of the mapping's addresses.</summary>
    public static bool Publishes(NftRule rule, PortMapping mapping)
    {
        if (!IsTranslation(rule))
        {
            return false;
        }
        (ProtocolType? protocol, IPAddress? address, ushort? port) = Read(rule);
        return protocol == mapping.Protocol
            && port == mapping.HostPort
            && (address is null || mapping.IsWildcard || address.Equals(mapping.HostAddress));
    }

    /// <summary>Whether a rule leads packets to a container.</summary>
    public static bool IsTranslation(NftRule rule) =>
        rule.Expressions.OfType<CompatExpression>().Any(expression => expression is { IsTarget: true, Extension: "DNAT" });

    private static (ProtocolType? Protocol, IPAddress? Address, ushort? Port) Read(NftRule rule)
    {
        ProtocolType? protocol = null;
        IPAddress? address = null;
        ushort? port = null;
        for (int i = 0; i + 1 < rule.Expressions.Count; i++)
        {
            if (rule.Expressions[i + 1] is not CompareExpression { Operator: CompareOperator.Equal } compare)
            {
                continue;
            }
            ReadOnlySpan<byte> value = compare.Value.Bytes;
            switch (rule.Expressions[i])
            {
                case MetaExpression { Key: MetaKey.TransportProtocol }: // what iptables writes for -p up to 1.8.9, and for IPv6 later too
                case PayloadExpression { Base: PayloadBase.NetworkHeader, Offset: IPv4ProtocolOffset, Length: 1 }: // from 1.8.11 on
                    protocol = (ProtocolType)value[0];
                    break;
                case PayloadExpression { Base: PayloadBase.NetworkHeader, Offset: IPv4DestinationOffset, Length: 4 }:
                case PayloadExpression { Base: PayloadBase.NetworkHeader, Offset: IPv6DestinationOffset, Length: 16 }:
                    address = new IPAddress(value);
                    break;
                case PayloadExpression { Base: PayloadBase.TransportHeader, Offset: DestinationPortOffset, Length: 2 }:
                    port = (ushort)((value[0] << 8) | value[1]);
                    break;
                default:
                    break;
            }
        }
        return (protocol, address, port);
    }
}
