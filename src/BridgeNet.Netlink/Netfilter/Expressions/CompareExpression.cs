using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Goes on only if a register compares so.</summary>
public sealed record CompareExpression : NftExpression
{
    internal const string Kind = "cmp";

    /// <summary>Which.</summary>
    public required NftRegister Register { get; init; }

    /// <summary>How.</summary>
    public required CompareOperator Operator { get; init; }

    /// <summary>The value to compare with; a shorter one is compared with the register's beginning.</summary>
    public required NftValue Value { get; init; }

    /// <inheritdoc/>
    public override string Name => Kind;

    internal override void WriteData(NetlinkWriter writer)
    {
        writer.WriteUInt32BigEndian(NftaCompare.Register, (uint)Register);
        writer.WriteUInt32BigEndian(NftaCompare.Operator, (uint)Operator);
        NftDataCodec.WriteValue(writer, NftaCompare.Data, Value);
    }

    /// <summary>Reads the attributes that <see cref="WriteData"/> writes; null if they have another form.</summary>
    internal static CompareExpression? Read(AttributeList attributes)
    {
        NftRegister? register = null;
        CompareOperator? @operator = null;
        NftValue? value = null;
        foreach (AttributeReader attribute in attributes)
        {
            switch (attribute.Type)
            {
                case NftaCompare.Register: register = (NftRegister)attribute.ReadUInt32BigEndian(); break;
                case NftaCompare.Operator: @operator = (CompareOperator)attribute.ReadUInt32BigEndian(); break;
                case NftaCompare.Data: value = NftDataCodec.ReadValue(attribute); break;
                default: break;
            }
        }
        return register is not null && @operator is not null && value is not null
            ? new CompareExpression { Register = register.Value, Operator = @operator.Value, Value = value.Value }
            : null;
    }
}
