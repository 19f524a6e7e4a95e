using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Computes (register &amp; mask) ^ xor.</summary>
public sealed record BitwiseExpression : NftExpression
{
    internal const string Kind = "bitwise";

    /// <summary>The operand.</summary>
    public required NftRegister Source { get; init; }

    /// <summary>Where the result goes.</summary>
    public required NftRegister Target { get; init; }

    /// <summary>Bytes of the operand.</summary>
    public required uint Length { get; init; }

    /// <summary>As long as the operand.</summary>
    public required NftValue Mask { get; init; }

    /// <summary>As long as the operand.</summary>
    public required NftValue Xor { get; init; }

    /// <inheritdoc/>
    public override string Name => Kind;

    internal override void WriteData(NetlinkWriter writer)
    {
        writer.WriteUInt32BigEndian(NftaBitwise.Source, (uint)Source);
        writer.WriteUInt32BigEndian(NftaBitwise.Target, (uint)Target);
        writer.WriteUInt32BigEndian(NftaBitwise.Length, Length);
        NftDataCodec.WriteValue(writer, NftaBitwise.Mask, Mask);
        NftDataCodec.WriteValue(writer, NftaBitwise.Xor, Xor);
    }

    /// <summary>Reads the attributes that <see cref="WriteData"/> writes; null if they have another form.</summary>
    internal static BitwiseExpression? Read(AttributeList attributes)
    {
        NftRegister? source = null;
        NftRegister? target = null;
        uint? length = null;
        NftValue? mask = null;
        NftValue? xor = null;
        bool isOther = false;
        foreach (AttributeReader attribute in attributes)
        {
            switch (attribute.Type)
            {
                case NftaBitwise.Source: source = (NftRegister)attribute.ReadUInt32BigEndian(); break;
                case NftaBitwise.Target: target = (NftRegister)attribute.ReadUInt32BigEndian(); break;
                case NftaBitwise.Length: length = attribute.ReadUInt32BigEndian(); break;
                case NftaBitwise.Mask: mask = NftDataCodec.ReadValue(attribute); break;
                case NftaBitwise.Xor: xor = NftDataCodec.ReadValue(attribute); break;
                case NftaBitwise.Operation: isOther = attribute.ReadUInt32BigEndian() != NftExpressionBits.BitwiseMaskXor; break;
                default: break;
            }
        }
        return source is not null && target is not null && length is not null && mask is not null && xor is not null && !isOther
            ? new BitwiseExpression
            {
                Source = source.Value,
                Target = target.Value,
                Length = length.Value,
                Mask = mask.Value,
                Xor = xor.Value,
            }
            : null;
    }
}
