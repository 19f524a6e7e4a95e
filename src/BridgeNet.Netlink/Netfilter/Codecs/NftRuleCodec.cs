using System.Net.Sockets;

using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Rules on the wire.</summary>
internal static class NftRuleCodec
{
    /// <summary>Writes the attributes of a rule.</summary>
    public static void Write(NetlinkWriter writer, NftRule rule)
    {
        writer.WriteString(NftaRule.Table, rule.Table.Name);
        writer.WriteString(NftaRule.Chain, rule.Chain);
        if (rule.Handle is { } handle)
        {
            writer.WriteUInt64BigEndian(NftaRule.Handle, handle);
        }
        if (rule.Position is { } position)
        {
            writer.WriteUInt64BigEndian(NftaRule.Position, position);
        }
        using (writer.Nest(NftaRule.Expressions))
        {
            foreach (NftExpression expression in rule.Expressions.AsSpan())
            {
                using (writer.Nest(NftaList.Item))
                {
                    NftExpressionCodec.Write(writer, expression);
                }
            }
        }
        if (rule.CompatProtocol is { } protocol)
        {
            using (writer.Nest(NftaRule.Compat))
            {
                writer.WriteUInt32BigEndian(NftaRule.CompatProtocol, (uint)protocol);
                writer.WriteUInt32BigEndian(NftaRule.CompatFlags, 0);
            }
        }
        if (!rule.UserData.IsEmpty)
        {
            writer.WriteBytes(NftaRule.UserData, rule.UserData.Bytes.Bytes);
        }
    }

    /// <summary>Reads a rule.</summary>
    /// <exception cref="NetlinkFormatException">A value has the wrong length.</exception>
    public static NftRule Read(NetlinkMessage message)
    {
        string table = string.Empty, chain = string.Empty;
        ulong? handle = null, position = null;
        ProtocolType? compat = null;
        ValueList<NftExpression> expressions = default;
        NftUserData userData = default;
        NftFamily family = NfGenMessage.FamilyOf(message);
        foreach (AttributeReader attribute in message.Attributes<NfGenMessage>())
        {
            switch (attribute.Type)
            {
                case NftaRule.Table: table = attribute.ReadString(); break;
                case NftaRule.Chain: chain = attribute.ReadString(); break;
                case NftaRule.Handle: handle = attribute.ReadUInt64BigEndian(); break;
                case NftaRule.Position: position = attribute.ReadUInt64BigEndian(); break;
                case NftaRule.Expressions: expressions = ReadExpressions(attribute); break;
                case NftaRule.Compat: compat = ReadCompatProtocol(attribute.Attributes); break;
                case NftaRule.UserData: userData = new NftUserData(new NftValue(attribute.Value)); break;
                default: break;
            }
        }
        return new NftRule
        {
            Table = new NftTableId(family, table),
            Chain = chain,
            Expressions = expressions,
            CompatProtocol = compat,
            Handle = handle,
            Position = position,
            UserData = userData,
        };
    }

    private static ProtocolType? ReadCompatProtocol(AttributeList attributes) =>
        attributes.TryFind(NftaRule.CompatProtocol, out AttributeReader number) ? (ProtocolType)number.ReadUInt32BigEndian() : null;

    private static ValueList<NftExpression> ReadExpressions(AttributeReader list)
    {
        List<NftExpression> expressions = [];
        foreach (AttributeReader item in list.Attributes)
        {
            expressions.Add(NftExpressionCodec.Read(item.Attributes));
        }
        return ValueList.From(expressions);
    }
}
