namespace BridgeNet.Netlink.Netfilter;

/// <summary>A connection that the kernel keeps track of.</summary>
public sealed record ConntrackEntry
{
    /// <summary>The tuple of its first packet, as it came in.</summary>
    public required ConntrackTuple Original { get; init; }

    /// <summary>The tuple of the packets that come back: it tells what the first one was translated to.</summary>
    public required ConntrackTuple Reply { get; init; }

    /// <summary>What happened to it.</summary>
    public CtStatusFlags Status { get; init; }

    /// <summary>Its mark.</summary>
    public uint Mark { get; init; }

    /// <summary>Its zone; 0 is the usual one.</summary>
    public ushort Zone { get; init; }

    /// <summary>Its number, by which it is told from a later one of the same tuple.</summary>
    public uint? Id { get; init; }
}
