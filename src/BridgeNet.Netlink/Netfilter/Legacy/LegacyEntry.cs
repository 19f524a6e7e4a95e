namespace BridgeNet.Netlink.Netfilter;

/// <summary>An entry of a table of iptables or ip6tables.</summary>
internal sealed record LegacyEntry
{
    /// <summary>Bytes up to the next.</summary>
    public required int Length { get; init; }

    /// <summary>What it compares.</summary>
    public required ValueList<NftExpression> Matches { get; init; }

    /// <summary>Its target's name; empty for a verdict or a jump.</summary>
    public required string Target { get; init; }

    /// <summary>What its target was told.</summary>
    public NftValue TargetInformation { get; init; }

    /// <summary>What it decides; null for a jump or an extension.</summary>
    public NftVerdict? Verdict { get; init; }

    /// <summary>The offset of the entry to go on with; null for a verdict or an extension.</summary>
    public int? JumpsTo { get; init; }

    /// <summary>Whether the jump does not come back.</summary>
    public bool IsGoto { get; init; }

    /// <summary>Whether it begins a chain, or ends the table.</summary>
    public bool IsError => Target is XtTable.ErrorTarget;
}
