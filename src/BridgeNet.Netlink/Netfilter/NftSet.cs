namespace BridgeNet.Netlink.Netfilter;

/// <summary>A set of keys, or a map from keys to data or verdicts.</summary>
public sealed record NftSet
{
    /// <summary>Its table.</summary>
    public required NftTableId Table { get; init; }

    /// <summary>1 to 255 bytes.</summary>
    public required string Name { get; init; }

    /// <summary>The type of its keys, or the types of their parts.</summary>
    public required ValueList<NftType> KeyTypes { get; init; }

    /// <summary>What a map gives: a type, the types of its parts, or <see cref="NftType.Verdict"/>; empty for a set.</summary>
    public ValueList<NftType> DataTypes { get; init; }

    /// <summary>What is special about it.</summary>
    public NftSetFlags Flags { get; init; }

    /// <summary>The most elements; null is no limit.</summary>
    public uint? Size { get; init; }

    /// <summary>How long elements stay that do not say it, in whole milliseconds; null is for ever.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether each element counts its packets and bytes.</summary>
    public bool HasCounters { get; init; }

    /// <summary>What <c>nft list</c> shows as comment.</summary>
    public string? Comment { get; init; }

    /// <summary>
    /// What nft notes on a set declared with <c>typeof</c> instead of <c>type</c>, for keys that have no type of their own: libnftnl's
    /// NFTNL_UDATA_SET_KEY_TYPEOF, as nft writes it. Never read back.
    /// </summary>
    public NftValue TypeOf { get; init; }

    /// <summary>Its number within the transaction, which names an anonymous set in a rule. Null: the transaction chooses. Never read back.</summary>
    public uint? Id { get; init; }

    /// <summary>The number that the kernel gave it; null before it has.</summary>
    public ulong? Handle { get; init; }

    /// <summary>Whether it gives data.</summary>
    public bool IsMap => DataTypes.Count > 0;
}
