using System.Diagnostics.CodeAnalysis;
using System.Net;
using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Route;

/// <summary>What a link knows of a host on it: the MAC address of an IP address, or of a bridge, behind which port a MAC address is.</summary>
public sealed record Neighbour
{
    /// <summary>A neighbour, to be filled in by an initializer.</summary>
    public Neighbour()
    {
    }

    /// <summary>Reads an RTM_NEWNEIGH.</summary>
    /// <exception cref="NetlinkFormatException">Not such a message, or one of another family than IPv4, IPv6 and AF_BRIDGE.</exception>
    [SetsRequiredMembers]
    internal Neighbour(NetlinkMessage message)
    {
        Ndmsg header = message.Header<Ndmsg>();
        IsForwardingEntry = header.Family is RouteFamily.Bridge;
        LinkIndex = header.Index;
        State = header.State;
        Flags = header.Flags;
        foreach (AttributeReader attribute in message.Attributes<Ndmsg>())
        {
            switch (attribute.Type)
            {
                case Nda.Destination: Address = IsForwardingEntry ? attribute.ReadAddress() : attribute.ReadAddress(header.Family); break;
                case Nda.LinkLayerAddress: MacAddress = attribute.ReadMacAddress(); break;
                case Nda.Vlan: VlanId = attribute.ReadUInt16(); break;
                case Nda.Master: Master = attribute.ReadInt32(); break;
                default: break;
            }
        }
        if (Address is null && !IsForwardingEntry)
        {
            throw new NetlinkFormatException("a neighbour message has no NDA_DST");
        }
    }

    /// <summary>The link's index; of a forwarding entry the port's, or the bridge's own.</summary>
    public required int LinkIndex { get; init; }

    /// <summary>Whether it is an entry of a bridge's forwarding table.</summary>
    public bool IsForwardingEntry { get; init; }

    /// <summary>The neighbour's IP address; of a forwarding entry null, but for a vxlan's remote host.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>Its MAC address; null while it is not known.</summary>
    public MacAddress? MacAddress { get; init; }

    /// <summary>What is known of it; by default permanent.</summary>
    public NeighbourStates State { get; init; } = NeighbourStates.Permanent;

    /// <summary>Its flags; a forwarding entry of a port needs <see cref="NeighbourFlags.Master"/>.</summary>
    public NeighbourFlags Flags { get; init; }

    /// <summary>Of a forwarding entry the index of the bridge. Only read.</summary>
    public int? Master { get; init; }

    /// <summary>Of a forwarding entry the VLAN, 1 to 4,094; null for none.</summary>
    public ushort? VlanId { get; init; }

    /// <summary>Writes header and attributes.</summary>
    /// <exception cref="InvalidOperationException">Neither a forwarding entry nor an IP address.</exception>
    internal void Write(NetlinkWriter writer)
    {
        writer.WriteHeader(new Ndmsg
        {
            Family = IsForwardingEntry ? RouteFamily.Bridge
                : Address is not null ? RouteFamily.Of(Address)
                : throw new InvalidOperationException("a neighbour that is no forwarding entry needs an address"),
            Index = LinkIndex,
            State = State,
            Flags = Flags,
        });
        writer.WriteOptional(Nda.Destination, Address);
        writer.WriteOptional(Nda.LinkLayerAddress, MacAddress);
        writer.WriteOptional(Nda.Vlan, VlanId);
    }
}
