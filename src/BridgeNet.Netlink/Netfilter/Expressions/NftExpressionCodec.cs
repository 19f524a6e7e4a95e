using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Expressions on the wire: a name, and attributes of the name's kind.</summary>
internal static class NftExpressionCodec
{
    /// <summary>Writes the two attributes.</summary>
    public static void Write(NetlinkWriter writer, NftExpression expression)
    {
        writer.WriteString(NftaExpression.Name, expression.Name);
        using (writer.Nest(NftaExpression.Data))
        {
            expression.WriteData(writer);
        }
    }

    /// <summary>Reads the two attributes; an expression of an unknown form is kept unread.</summary>
    /// <exception cref="NetlinkFormatException">A value has the wrong length.</exception>
    public static NftExpression Read(AttributeList attributes)
    {
        string name = string.Empty;
        ReadOnlySpan<byte> data = default;
        foreach (AttributeReader attribute in attributes)
        {
            switch (attribute.Type)
            {
                case NftaExpression.Name: name = attribute.ReadString(); break;
                case NftaExpression.Data: data = attribute.Value; break;
                default: break;
            }
        }
        return ReadKnown(name, new AttributeList(data)) ?? new UnknownExpression { Kind = name, Data = new NftValue(data) };
    }

    private static NftExpression? ReadKnown(string name, AttributeList data) => name switch
    {
        ImmediateExpression.Kind => VerdictExpression.Read(data) as NftExpression ?? ImmediateExpression.Read(data),
        MetaExpression.Kind => MetaExpression.Read(data) as NftExpression ?? MetaSetExpression.Read(data),
        CtExpression.Kind => CtExpression.Read(data) as NftExpression ?? CtSetExpression.Read(data),
        PayloadExpression.Kind => PayloadExpression.Read(data),
        CompareExpression.Kind => CompareExpression.Read(data),
        RangeExpression.Kind => RangeExpression.Read(data),
        BitwiseExpression.Kind => BitwiseExpression.Read(data),
        ByteOrderExpression.Kind => ByteOrderExpression.Read(data),
        LookupExpression.Kind => LookupExpression.Read(data),
        NatExpression.Kind => NatExpression.Read(data),
        MasqueradeExpression.Kind => MasqueradeExpression.Read(data),
        RedirectExpression.Kind => RedirectExpression.Read(data),
        FibExpression.Kind => FibExpression.Read(data),
        CounterExpression.Kind => CounterExpression.Read(data),
        LimitExpression.Kind => LimitExpression.Read(data),
        LogExpression.Kind => LogExpression.Read(data),
        RejectExpression.Kind => RejectExpression.Read(data),
        ObjectReferenceExpression.Kind => ObjectReferenceExpression.Read(data),
        CompatExpression.MatchKind => CompatExpression.Read(data, isTarget: false),
        CompatExpression.TargetKind => CompatExpression.Read(data, isTarget: true),
        _ => null,
    };
}
