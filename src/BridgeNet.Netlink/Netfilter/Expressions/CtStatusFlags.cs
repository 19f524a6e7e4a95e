namespace BridgeNet.Netlink.Netfilter;

/// <summary>What happened to a connection.</summary>
[Flags]
public enum CtStatusFlags : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>IPS_EXPECTED: another connection announced it.</summary>
    Expected = 0x1,

    /// <summary>IPS_SEEN_REPLY: packets went both ways.</summary>
    SeenReply = 0x2,

    /// <summary>IPS_ASSURED: it is not dropped early.</summary>
    Assured = 0x4,

    /// <summary>IPS_CONFIRMED: its first packet left.</summary>
    Confirmed = 0x8,

    /// <summary>IPS_SRC_NAT: its source is translated.</summary>
    SourceNat = 0x10,

    /// <summary>IPS_DST_NAT: its destination is translated.</summary>
    DestinationNat = 0x20,

    /// <summary>IPS_DYING: it ends.</summary>
    Dying = 0x200,
}
