namespace BridgeNet.Netlink.Netfilter;

/// <summary>A connection that the kernel keeps track of.</summary>
public sealed record ConntrackEntry
{
    /// <summary>The tuple of its first packet before translation.</summary>
    public required ConntrackTuple Original { get; init; }

    /// <summary>The tuple of the answers; it shows the translation of the first packet.</summary>
    public required ConntrackTuple Reply { get; init; }

    /// <summary>What happened to it.</summary>
    public CtStatusFlags Status { get; init; }

    /// <summary>Its mark.</summary>
    public uint Mark { get; init; }

    /// <summary>Its zone; 0 is the usual one.</summary>
    public ushort Zone { get; init; }

    /// <summary>Its number, which distinguishes it from a later entry with the same tuple.</summary>
    public uint? Id { get; init; }
}
