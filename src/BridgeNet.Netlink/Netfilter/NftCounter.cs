using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>A counter with a name.</summary>
public sealed record NftCounter : NftObject
{
    /// <summary>How many packets.</summary>
    public ulong Packets { get; init; }

    /// <summary>How many bytes.</summary>
    public ulong Bytes { get; init; }

    /// <inheritdoc/>
    public override NftObjectType Type => NftObjectType.Counter;

    internal override void WriteData(NetlinkWriter writer)
    {
        writer.WriteUInt64BigEndian(NftaCounter.Bytes, Bytes);
        writer.WriteUInt64BigEndian(NftaCounter.Packets, Packets);
    }
}
