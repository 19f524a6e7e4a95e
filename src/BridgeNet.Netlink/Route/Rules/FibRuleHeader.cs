using System.Runtime.InteropServices;

namespace BridgeNet.Netlink.Route;

/// <summary>struct fib_rule_hdr: the header of messages about rules that choose a routing table.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FibRuleHeader
{
    /// <summary>family, u8: AF_INET or AF_INET6.</summary>
    public byte Family;

    /// <summary>dst_len, u8: the destination's prefix, in bits.</summary>
    public byte DestinationLength;

    /// <summary>src_len, u8: the source's prefix, in bits.</summary>
    public byte SourceLength;

    /// <summary>tos, u8: the type of service.</summary>
    public byte TypeOfService;

    /// <summary>table, u8: the table, 0 if its number is larger.</summary>
    public byte Table;

    /// <summary>res1, u8: reserved.</summary>
    public byte Reserved1;

    /// <summary>res2, u8: reserved.</summary>
    public byte Reserved2;

    /// <summary>action, u8: FR_ACT_….</summary>
    public byte Action;

    /// <summary>flags, u32: FIB_RULE_….</summary>
    public uint Flags;
}
