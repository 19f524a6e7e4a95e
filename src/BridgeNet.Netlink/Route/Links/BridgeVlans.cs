using System.Runtime.InteropServices;

using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Route;

/// <summary>VLANs of a bridge or its port, as `bridge vlan` sets them. They take effect with <see cref="BridgeKind.VlanFiltering"/>.</summary>
/// <param name="First">The first VLAN's number, 1 to 4094.</param>
/// <param name="Last">The last one's; the same as the first for one VLAN.</param>
public readonly record struct BridgeVlans(ushort First, ushort Last)
{
    /// <summary>The highest number of a VLAN: 0 and 4095 are reserved (IEEE 802.1Q).</summary>
    public const ushort MaxId = 4094;

    /// <summary>Whether packets that come in without a tag are this VLAN's; for one VLAN alone.</summary>
    public bool IsPortVlan { get; init; }

    /// <summary>Whether packets of it leave without a tag.</summary>
    public bool IsUntagged { get; init; }

    /// <summary>Whether it is the bridge's own side that is meant, rather than a port.</summary>
    public bool IsOfBridge { get; init; }

    /// <summary>Writes header and attributes.</summary>
    /// <exception cref="InvalidOperationException">Not a range of VLANs.</exception>
    internal void Write(NetlinkWriter writer, int link)
    {
        if (First is 0 || Last < First || Last > MaxId)
        {
            throw new InvalidOperationException($"VLANs are 1 to {MaxId}: got {First} to {Last}");
        }
        writer.WriteHeader(new Ifinfomsg { Family = RouteFamily.Bridge, Index = link });
        using (writer.Nest(Ifla.FamilySpecific))
        {
            if (IsOfBridge)
            {
                writer.WriteUInt16(BridgeSpecific.Flags, BridgeSpecific.Self);
            }
            ushort flags = (ushort)((IsPortVlan ? BridgeSpecific.VlanPvid : 0) | (IsUntagged ? BridgeSpecific.VlanUntagged : 0));
            if (First == Last)
            {
                WriteOne(writer, flags, First);
            }
            else
            {
                WriteOne(writer, (ushort)(flags | BridgeSpecific.VlanRangeBegin), First);
                WriteOne(writer, (ushort)(flags | BridgeSpecific.VlanRangeEnd), Last);
            }
        }
    }

    private static void WriteOne(NetlinkWriter writer, ushort flags, ushort id) =>
        MemoryMarshal.Write(writer.Attribute(BridgeSpecific.VlanInfo, 2 * sizeof(ushort)), new BridgeVlanInfo { Flags = flags, Id = id });
}
