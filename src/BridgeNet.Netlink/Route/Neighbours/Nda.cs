namespace BridgeNet.Netlink.Route;

/// <summary>The attributes of a neighbour, as in include/uapi/linux/neighbour.h.</summary>
internal static class Nda
{
    /// <summary>NDA_DST, 4 or 16 bytes: the neighbour's IP address.</summary>
    public const ushort Destination = 1;

    /// <summary>NDA_LLADDR, bytes: its link-layer address.</summary>
    public const ushort LinkLayerAddress = 2;

    /// <summary>NDA_VLAN, u16: the VLAN of a forwarding entry.</summary>
    public const ushort Vlan = 5;

    /// <summary>NDA_IFINDEX, s32: in a dump, only this link's.</summary>
    public const ushort InterfaceIndex = 8;

    /// <summary>NDA_MASTER, s32: the index of the bridge whose entry it is.</summary>
    public const ushort Master = 9;
}
