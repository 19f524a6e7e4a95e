using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Turns numbers to or from network order.</summary>
public sealed record ByteOrderExpression : NftExpression
{
    internal const string Kind = "byteorder";

    /// <summary>The numbers.</summary>
    public required NftRegister Source { get; init; }

    /// <summary>Where the result goes.</summary>
    public required NftRegister Target { get; init; }

    /// <summary>Which way.</summary>
    public required ByteOrderOperation Operation { get; init; }

    /// <summary>Bytes of all numbers.</summary>
    public required uint Length { get; init; }

    /// <summary>Bytes of one: 2, 4 or 8.</summary>
    public required uint Size { get; init; }

    /// <inheritdoc/>
    public override string Name => Kind;

    internal override void WriteData(NetlinkWriter writer)
    {
        writer.WriteUInt32BigEndian(NftaByteOrder.Source, (uint)Source);
        writer.WriteUInt32BigEndian(NftaByteOrder.Target, (uint)Target);
        writer.WriteUInt32BigEndian(NftaByteOrder.Operation, (uint)Operation);
        writer.WriteUInt32BigEndian(NftaByteOrder.Length, Length);
        writer.WriteUInt32BigEndian(NftaByteOrder.Size, Size);
    }

    /// <summary>Reads the attributes that <see cref="WriteData"/> writes; null if they have another form.</summary>
    internal static ByteOrderExpression? Read(AttributeList attributes)
    {
        NftRegister? source = null;
        NftRegister? target = null;
        ByteOrderOperation? operation = null;
        uint? length = null;
        uint? size = null;
        foreach (AttributeReader attribute in attributes)
        {
            switch (attribute.Type)
            {
                case NftaByteOrder.Source: source = (NftRegister)attribute.ReadUInt32BigEndian(); break;
                case NftaByteOrder.Target: target = (NftRegister)attribute.ReadUInt32BigEndian(); break;
                case NftaByteOrder.Operation: operation = (ByteOrderOperation)attribute.ReadUInt32BigEndian(); break;
                case NftaByteOrder.Length: length = attribute.ReadUInt32BigEndian(); break;
                case NftaByteOrder.Size: size = attribute.ReadUInt32BigEndian(); break;
                default: break;
            }
        }
        return source is not null && target is not null && operation is not null && length is not null && size is not null
            ? new ByteOrderExpression
            {
                Source = source.Value,
                Target = target.Value,
                Operation = operation.Value,
                Length = length.Value,
                Size = size.Value,
            }
            : null;
    }
}
