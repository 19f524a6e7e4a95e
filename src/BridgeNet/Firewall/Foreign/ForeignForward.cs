namespace BridgeNet;

/// <summary>
/// Somebody else's rules that will stop a network's packets. In nf_tables a packet must pass every chain of its hook: that our table accepts
/// it does not overrule another that drops it.
/// </summary>
public sealed record ForeignForward
{
    /// <summary>The table, as nft writes it: <c>ip filter</c>; that of the older iptables as <c>iptables-legacy filter</c>.</summary>
    public required string Table { get; init; }

    /// <summary>The chain in which packets of the hook forward come to the table.</summary>
    public required string Chain { get; init; }

    /// <summary>What stops which packets: <c>policy drop: packets into docker0 and out of docker0</c>.</summary>
    public required string Why { get; init; }

    /// <summary>What a person can type to let the packets through, in the words of the firewall that stops them.</summary>
    public required string Remedy { get; init; }
}
