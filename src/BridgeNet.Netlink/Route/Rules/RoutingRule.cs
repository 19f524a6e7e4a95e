using System.Diagnostics.CodeAnalysis;
using System.Net;

using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Route;

/// <summary>A rule that sends packets of a source, or all, to a routing table (<c>ip rule add from SOURCE lookup TABLE</c>).</summary>
/// <remarks>A kernel without CONFIG_IP_MULTIPLE_TABLES, or for IPv6 CONFIG_IPV6_MULTIPLE_TABLES, answers EOPNOTSUPP or EAFNOSUPPORT.</remarks>
public sealed record RoutingRule
{
    /// <summary>A rule, to be filled in by an initializer.</summary>
    public RoutingRule()
    {
    }

    /// <summary>Reads an RTM_NEWRULE.</summary>
    /// <exception cref="NetlinkFormatException">Not such a message, or one of another family than IPv4 and IPv6.</exception>
    [SetsRequiredMembers]
    internal RoutingRule(NetlinkMessage message)
    {
        FibRuleHeader header = message.Header<FibRuleHeader>();
        IPAddress source = header.Family is RouteFamily.IPv4 ? IPAddress.Any : IPAddress.IPv6Any;
        Table = header.Table;
        IsLookup = header.Action is FibRuleAction.ToTable;
        foreach (AttributeReader attribute in message.Attributes<FibRuleHeader>())
        {
            switch (attribute.Type)
            {
                case Fra.Source: source = attribute.ReadAddress(header.Family); break;
                case Fra.Priority: Priority = attribute.ReadUInt32(); break;
                case Fra.SuppressPrefixLength: SuppressPrefixLength = attribute.ReadInt32(); break;
                case Fra.Table: Table = attribute.ReadUInt32(); break;
                default: break;
            }
        }
        Source = header.SourceLength <= RouteFamily.Bits(header.Family)
            ? new InterfaceAddress(source, header.SourceLength).Subnet
            : throw new NetlinkFormatException($"a rule of family {header.Family} has no source of {header.SourceLength} bits");
    }

    /// <summary>The packets' source; 0.0.0.0/0 or ::/0 for all of a family.</summary>
    public required IPNetwork Source { get; init; }

    /// <summary>The table in which their route is looked up.</summary>
    public required uint Table { get; init; }

    /// <summary>Its place among the rules, the lowest first; null lets the kernel choose one before all others but that of the local table.</summary>
    public uint? Priority { get; init; }

    /// <summary>
    /// Routes whose prefix has at most so many bits are left to the next rule: 0 takes all but the default route from the table. Null takes all.
    /// </summary>
    public int? SuppressPrefixLength { get; init; }

    /// <summary>Whether it looks in a table. Rules of other kinds are only read.</summary>
    public bool IsLookup { get; private init; } = true;

    internal void Write(NetlinkWriter writer)
    {
        byte family = RouteFamily.Of(Source.BaseAddress);
        writer.WriteHeader(new FibRuleHeader
        {
            Family = family,
            SourceLength = (byte)Source.PrefixLength,
            Table = Table <= byte.MaxValue ? (byte)Table : (byte)0,
            Action = FibRuleAction.ToTable,
        });
        if (Source.PrefixLength > 0)
        {
            writer.WriteOptional(Fra.Source, Source.BaseAddress);
        }
        writer.WriteOptional(Fra.Priority, Priority);
        writer.WriteOptional(Fra.SuppressPrefixLength, SuppressPrefixLength);
        if (Table > byte.MaxValue)
        {
            writer.WriteUInt32(Fra.Table, Table);
        }
    }
}
