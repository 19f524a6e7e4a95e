using System.Runtime.InteropServices;

namespace BridgeNet.Netlink.Route;

/// <summary>What went through a link since it was made: the first ten fields of the kernel's rtnl_link_stats64.</summary>
/// <param name="RxPackets">Packets received.</param>
/// <param name="TxPackets">Packets sent.</param>
/// <param name="RxBytes">Bytes received.</param>
/// <param name="TxBytes">Bytes sent.</param>
/// <param name="RxErrors">Bad packets received.</param>
/// <param name="TxErrors">Packets that could not be sent.</param>
/// <param name="RxDropped">Packets received and dropped.</param>
/// <param name="TxDropped">Packets dropped on their way out.</param>
/// <param name="Multicast">Packets received for groups.</param>
/// <param name="Collisions">Collisions while sending.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct LinkStatistics(
    ulong RxPackets,
    ulong TxPackets,
    ulong RxBytes,
    ulong TxBytes,
    ulong RxErrors,
    ulong TxErrors,
    ulong RxDropped,
    ulong TxDropped,
    ulong Multicast,
    ulong Collisions);
