using System.Runtime.InteropServices;

namespace BridgeNet.Native;

/// <summary>struct sockaddr_ll: the address of a packet socket.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SocketAddressLink
{
    /// <summary>sll_family, u16: AF_PACKET.</summary>
    public ushort Family;

    /// <summary>sll_protocol, u16 in network order: the ethertype that is received; 0 receives nothing.</summary>
    public ushort Protocol;

    /// <summary>sll_ifindex, i32: the interface.</summary>
    public int InterfaceIndex;

    /// <summary>sll_hatype, u16: ARPHRD_… of a received packet.</summary>
    public ushort HardwareType;

    /// <summary>sll_pkttype, u8: PACKET_… of a received packet.</summary>
    public byte PacketType;

    /// <summary>sll_halen, u8: how long the address is.</summary>
    public byte AddressLength;

    /// <summary>sll_addr, 8 bytes: the link-layer address.</summary>
    public fixed byte Address[8];
}
