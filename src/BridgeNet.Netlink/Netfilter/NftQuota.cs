using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>A quota with a name: it matches until its bytes are used up, or from then on.</summary>
public sealed record NftQuota : NftObject
{
    /// <summary>How many bytes it has.</summary>
    public required ulong Bytes { get; init; }

    /// <summary>How many are used up.</summary>
    public ulong Consumed { get; init; }

    /// <summary>Whether it matches from when they are used up, instead of until then.</summary>
    public bool Over { get; init; }

    /// <inheritdoc/>
    public override NftObjectType Type => NftObjectType.Quota;

    internal override void WriteData(NetlinkWriter writer)
    {
        writer.WriteUInt64BigEndian(NftaQuota.Bytes, Bytes);
        writer.WriteUInt32BigEndian(NftaQuota.Flags, Over ? NftExpressionBits.QuotaInverted : 0);
        writer.WriteUInt64BigEndian(NftaQuota.Consumed, Consumed);
    }

    internal static bool IsOver(uint flags) => (flags & NftExpressionBits.QuotaInverted) != 0;
}
