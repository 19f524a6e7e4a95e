using System.Net;
using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Route;

/// <summary>An IP address on a link.</summary>
public sealed record LinkAddress
{
    /// <summary>An address, to be filled in by an initializer.</summary>
    public LinkAddress()
    {
    }

    /// <summary>Reads an RTM_NEWADDR.</summary>
    /// <exception cref="NetlinkFormatException">Not such a message, or one of another family than IPv4 and IPv6.</exception>
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    internal LinkAddress(NetlinkMessage message)
    {
        Ifaddrmsg header = message.Header<Ifaddrmsg>();
        IPAddress? local = null, address = null;
        LinkIndex = header.Index;
        Scope = header.Scope;
        Flags = (AddressFlags)header.Flags;
        foreach (AttributeReader attribute in message.Attributes<Ifaddrmsg>())
        {
            switch (attribute.Type)
            {
                case Ifa.Address: address = attribute.ReadAddress(header.Family); break;
                case Ifa.Local: local = attribute.ReadAddress(header.Family); break;
                case Ifa.Label: Label = attribute.ReadString(); break;
                case Ifa.Broadcast: Broadcast = attribute.ReadAddress(header.Family); break;
                case Ifa.CacheInfo:
                    IfaCacheInfo lifetimes = attribute.ReadStruct<IfaCacheInfo>();
                    PreferredLifetime = IfaCacheInfo.ToTime(lifetimes.Preferred);
                    ValidLifetime = IfaCacheInfo.ToTime(lifetimes.Valid);
                    break;
                case Ifa.Flags: Flags = (AddressFlags)attribute.ReadUInt32(); break;
                default: break;
            }
        }
        IPAddress own = local ?? address ?? throw new NetlinkFormatException("an address message has neither IFA_LOCAL nor IFA_ADDRESS");
        Address = header.PrefixLength <= RouteFamily.Bits(header.Family)
            ? new InterfaceAddress(own, header.PrefixLength)
            : throw new NetlinkFormatException($"an address of family {header.Family} has no prefix of {header.PrefixLength} bits");
        Peer = address is null || address.Equals(own) ? null : address;
    }

    /// <summary>The link's index.</summary>
    public required int LinkIndex { get; init; }

    /// <summary>The link's own address; the prefix is that of <see cref="Peer"/> if there is one.</summary>
    public required InterfaceAddress Address { get; init; }

    /// <summary>The address of the other end of a point-to-point link; null if there is none.</summary>
    public IPAddress? Peer { get; init; }

    /// <summary>The IPv4 broadcast address; null for none.</summary>
    public IPAddress? Broadcast { get; init; }

    /// <summary>How far it reaches; the kernel finds IPv6's itself.</summary>
    public RouteScope Scope { get; init; }

    /// <summary>Its flags.</summary>
    public AddressFlags Flags { get; init; }

    /// <summary>Of IPv4, up to 15 bytes that begin with the link's name; null for that name alone.</summary>
    public string? Label { get; init; }

    /// <summary>How long until new connections take another address, in whole seconds; null for ever.</summary>
    public TimeSpan? PreferredLifetime { get; init; }

    /// <summary>How long until it is removed, in whole seconds; null for ever.</summary>
    public TimeSpan? ValidLifetime { get; init; }

    /// <summary>Writes header and attributes.</summary>
    internal void Write(NetlinkWriter writer)
    {
        writer.WriteHeader(new Ifaddrmsg
        {
            Family = RouteFamily.Of(Address.Address),
            PrefixLength = (byte)Address.PrefixLength,
            Flags = (byte)Flags,
            Scope = Scope,
            Index = LinkIndex,
        });
        writer.WriteOptional(Ifa.Local, Address.Address);
        writer.WriteOptional(Ifa.Address, Peer ?? Address.Address);
        writer.WriteOptional(Ifa.Broadcast, Broadcast);
        if (Label is not null)
        {
            writer.WriteString(Ifa.Label, Label);
        }
        if (Flags > (AddressFlags)byte.MaxValue)
        {
            writer.WriteUInt32(Ifa.Flags, (uint)Flags);
        }
        if (PreferredLifetime is not null || ValidLifetime is not null)
        {
            System.Runtime.InteropServices.MemoryMarshal.Write(
                writer.Attribute(Ifa.CacheInfo, System.Runtime.CompilerServices.Unsafe.SizeOf<IfaCacheInfo>()),
                new IfaCacheInfo { Preferred = IfaCacheInfo.FromTime(PreferredLifetime), Valid = IfaCacheInfo.FromTime(ValidLifetime) });
        }
    }
}
