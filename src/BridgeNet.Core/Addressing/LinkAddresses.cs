using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Core.Addressing;

/// <summary>Addresses as the kernel takes them.</summary>
internal static class LinkAddresses
{
    /// <summary>An address on a link.</summary>
    /// <param name="address">The address.</param>
    /// <param name="index">The link's index.</param>
    /// <param name="detectsDuplicates">Whether IPv6 runs duplicate address detection; the address cannot be used during that second.</param>
    public static LinkAddress OnLink(this InterfaceAddress address, int index, bool detectsDuplicates = false) => new()
    {
        LinkIndex = index,
        Address = address,
        Broadcast = address.BroadcastAddress,
        Flags = address.IsIPv6 && !detectsDuplicates ? AddressFlags.NoDad : AddressFlags.None,
    };
}
