using System.Runtime.InteropServices;

namespace BridgeNet.Netlink.Sockets;

/// <summary>struct inet_diag_msg: a socket.</summary>
[StructLayout(LayoutKind.Sequential, Size = Length)]
internal struct InetDiagMessage
{
    /// <summary>The whole structure's bytes.</summary>
    public const int Length = 72;

    /// <summary>idiag_family, u8: AF_INET or AF_INET6.</summary>
    public byte Family;

    /// <summary>idiag_state, u8: TCP's number of its state.</summary>
    public byte State;

    /// <summary>idiag_timer, u8.</summary>
    public byte Timer;

    /// <summary>idiag_retrans, u8.</summary>
    public byte Retransmissions;

    /// <summary>id.idiag_sport, be16: its own port.</summary>
    public ushort Port;
}
