using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Counts the packets that come to it.</summary>
public sealed record CounterExpression : NftExpression
{
    internal const string Kind = "counter";

    /// <summary>How many bytes.</summary>
    public ulong Bytes { get; init; }

    /// <summary>How many packets.</summary>
    public ulong Packets { get; init; }

    /// <inheritdoc/>
    public override string Name => Kind;

    internal override void WriteData(NetlinkWriter writer)
    {
        writer.WriteUInt64BigEndian(NftaCounter.Bytes, Bytes);
        writer.WriteUInt64BigEndian(NftaCounter.Packets, Packets);
    }

    /// <summary>Reads the attributes that <see cref="WriteData"/> writes.</summary>
    internal static CounterExpression Read(AttributeList attributes)
    {
        ulong bytes = default;
        ulong packets = default;
        foreach (AttributeReader attribute in attributes)
        {
            switch (attribute.Type)
            {
                case NftaCounter.Bytes: bytes = attribute.ReadUInt64BigEndian(); break;
                case NftaCounter.Packets: packets = attribute.ReadUInt64BigEndian(); break;
                default: break;
            }
        }
        return new CounterExpression { Bytes = bytes, Packets = packets };
    }
}
