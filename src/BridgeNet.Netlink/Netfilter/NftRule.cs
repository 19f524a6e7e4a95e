using System.Net.Sockets;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>A rule: expressions that are evaluated one after the other until one does not match.</summary>
public sealed record NftRule
{
    /// <summary>Its table.</summary>
    public required NftTableId Table { get; init; }

    /// <summary>Its chain's name.</summary>
    public required string Chain { get; init; }

    /// <summary>What it does.</summary>
    public required ValueList<NftExpression> Expressions { get; init; }

    /// <summary>
    /// The transport protocol that the rule compares before extensions of iptables that are for one alone, such as multiport, look at the packet.
    /// The kernel wants to be told beside the comparison, and does not tell it again.
    /// </summary>
    public ProtocolType? CompatProtocol { get; init; }

    /// <summary>The number that the kernel gave it; null before it has.</summary>
    public ulong? Handle { get; init; }

    /// <summary>The handle of the rule before it, as the kernel lists it; when adding, null is the chain's end.</summary>
    public ulong? Position { get; init; }

    /// <summary>What its creator noted on it.</summary>
    public NftUserData UserData { get; init; }

    /// <summary>The comment in <see cref="UserData"/>.</summary>
    public string? Comment
    {
        get => UserData.Comment;
        init => UserData = NftUserData.OfComment(value);
    }
}
