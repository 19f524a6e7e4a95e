using System.Runtime.InteropServices;

namespace BridgeNet.Netlink.Route;

/// <summary>struct tc_mirred: the action that hands a packet, or a copy of it, to another link.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TcMirror
{
    /// <summary>index, u32: the action's number; 0 lets the kernel find one.</summary>
    public uint Index;

    /// <summary>capab, u32.</summary>
    public uint Capabilities;

    /// <summary>action, s32: TC_ACT_…, what becomes of the packet.</summary>
    public int Action;

    /// <summary>refcnt, s32. Only read.</summary>
    public int References;

    /// <summary>bindcnt, s32. Only read.</summary>
    public int Bindings;

    /// <summary>eaction, s32: TCA_EGRESS_… or TCA_INGRESS_…, what is done with it.</summary>
    public int Transfer;

    /// <summary>ifindex, u32: the other link's number; 0 once that link is gone.</summary>
    public int LinkIndex;
}
