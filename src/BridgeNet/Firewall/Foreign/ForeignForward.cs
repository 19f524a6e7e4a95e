namespace BridgeNet;

/// <summary>
/// A foreign rule or policy that stops a network's packets. In nf_tables a packet must pass every chain of its hook: our accept does not overrule
/// another table's drop.
/// </summary>
public sealed record ForeignForward
{
    /// <summary>The table, as nft writes it: <c>ip filter</c>; a table of iptables-legacy as <c>iptables-legacy filter</c>.</summary>
    public required string Table { get; init; }

    /// <summary>The chain by which packets of the hook forward enter the table.</summary>
    public required string Chain { get; init; }

    /// <summary>What it stops, and why: <c>policy drop: packets into docker0 and out of docker0</c>.</summary>
    public required string Why { get; init; }

    /// <summary>A command that lets the packets through, in the language of the firewall that stops them.</summary>
    public required string Remedy { get; init; }
}
