using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Goes on only if a register lies in a range, or only if it does not.</summary>
public sealed record RangeExpression : NftExpression
{
    internal const string Kind = "range";

    /// <summary>Which.</summary>
    public required NftRegister Register { get; init; }

    /// <summary>The first value.</summary>
    public required NftValue From { get; init; }

    /// <summary>The last value.</summary>
    public required NftValue To { get; init; }

    /// <summary>Whether the rule continues outside the range instead of inside.</summary>
    public bool Invert { get; init; }

    /// <inheritdoc/>
    public override string Name => Kind;

    internal override void WriteData(NetlinkWriter writer)
    {
        writer.WriteUInt32BigEndian(NftaRange.Register, (uint)Register);
        writer.WriteUInt32BigEndian(NftaRange.Operator, Invert ? NftExpressionBits.RangeNotEqual : 0);
        NftDataCodec.WriteValue(writer, NftaRange.From, From);
        NftDataCodec.WriteValue(writer, NftaRange.To, To);
    }

    /// <summary>Reads the attributes that <see cref="WriteData"/> writes; null if they have another form.</summary>
    internal static RangeExpression? Read(AttributeList attributes)
    {
        NftRegister? register = null;
        uint operation = 0;
        NftValue? first = null, last = null;
        foreach (AttributeReader attribute in attributes)
        {
            switch (attribute.Type)
            {
                case NftaRange.Register: register = (NftRegister)attribute.ReadUInt32BigEndian(); break;
                case NftaRange.Operator: operation = attribute.ReadUInt32BigEndian(); break;
                case NftaRange.From: first = NftDataCodec.ReadValue(attribute); break;
                case NftaRange.To: last = NftDataCodec.ReadValue(attribute); break;
                default: break;
            }
        }
        return register is not null && first is not null && last is not null && operation <= NftExpressionBits.RangeNotEqual
            ? new RangeExpression
            {
                Register = register.Value,
                From = first.Value,
                To = last.Value,
                Invert = operation == NftExpressionBits.RangeNotEqual,
            }
            : null;
    }
}
