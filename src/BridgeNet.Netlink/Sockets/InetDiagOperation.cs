using System.Runtime.InteropServices;

namespace BridgeNet.Netlink.Sockets;

/// <summary>struct inet_diag_bc_op: a step of a filter. A step that compares ports is followed by one whose last field is the port.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct InetDiagOperation
{
    /// <summary>code, u8: INET_DIAG_BC_….</summary>
    public readonly byte Code;

    /// <summary>yes, u8: how many bytes the next step is away if it is so.</summary>
    public readonly byte Yes;

    /// <summary>no, u16: how many bytes if not; beyond the end leaves the socket out. Or the port.</summary>
    public readonly ushort No;

    public InetDiagOperation(byte code, byte yes, ushort no)
    {
        Code = code;
        Yes = yes;
        No = no;
    }
}
