using System.Runtime.InteropServices;

namespace BridgeNet.Netlink.Sockets;

/// <summary>struct inet_diag_req_v2, but for the socket's id, which a dump does not look at: which sockets are asked for.</summary>
[StructLayout(LayoutKind.Sequential, Size = Length)]
internal struct InetDiagRequest
{
    /// <summary>The whole structure's bytes.</summary>
    public const int Length = 56;

    /// <summary>sdiag_family, u8: AF_INET or AF_INET6.</summary>
    public byte Family;

    /// <summary>sdiag_protocol, u8: IPPROTO_….</summary>
    public byte Protocol;

    /// <summary>idiag_ext, u8: the additional attributes of the answer.</summary>
    public byte Extensions;

    /// <summary>pad, u8.</summary>
    public byte Padding;

    /// <summary>idiag_states, u32: a bit for each state, TCP's numbers.</summary>
    public uint States;
}
