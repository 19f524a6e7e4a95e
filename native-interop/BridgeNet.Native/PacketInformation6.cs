using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BridgeNet.Native;

/// <summary>struct in6_pktinfo: which of the host's addresses a datagram leaves from.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PacketInformation6
{
    /// <summary>ipi6_addr: the address, in network order.</summary>
    public AddressBytes Address;

    /// <summary>ipi6_ifindex: the interface by which it leaves; 0 leaves the choice to the routes.</summary>
    public int InterfaceIndex;

    /// <summary>The sixteen bytes of an IPv6 address.</summary>
    [InlineArray(16)]
    internal struct AddressBytes
    {
        private byte _first;
    }
}
