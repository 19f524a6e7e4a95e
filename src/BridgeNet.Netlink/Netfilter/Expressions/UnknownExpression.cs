using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>An expression of a kind or form that is not known here. It is written back as it was read.</summary>
/// <remarks>The kernel takes back nearly all that it lists, but not a few forms, such as the setting of TCP options.</remarks>
public sealed record UnknownExpression : NftExpression
{
    /// <summary>The kernel's name of its kind.</summary>
    public required string Kind { get; init; }

    /// <summary>The attributes of its kind, as they lie in NFTA_EXPR_DATA.</summary>
    public required NftValue Data { get; init; }

    /// <inheritdoc/>
    public override string Name => Kind;

    internal override void WriteData(NetlinkWriter writer) => writer.WriteRaw(Data.Bytes);
}
