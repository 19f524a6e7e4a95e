using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Translates the packet's source or destination, and with it all of its connection.</summary>
public sealed record NatExpression : NftExpression
{
    internal const string Kind = "nat";

    /// <summary>Which end.</summary>
    public required NatType Type { get; init; }

    /// <summary>The addresses' family: <see cref="NftFamily.IPv4"/> or <see cref="NftFamily.IPv6"/>.</summary>
    public required NftFamily Family { get; init; }

    /// <summary>Where the address lies, or the first of a range; null leaves the address.</summary>
    public NftRegister? AddressMin { get; init; }

    /// <summary>Where the last address of a range lies; null is the first, as which it is read back.</summary>
    public NftRegister? AddressMax { get; init; }

    /// <summary>Where the port lies, or the first of a range; null leaves the port.</summary>
    public NftRegister? PortMin { get; init; }

    /// <summary>Where the last port of a range lies; null is the first, as which it is read back.</summary>
    public NftRegister? PortMax { get; init; }

    /// <summary>How they are chosen.</summary>
    public NatFlags Flags { get; init; }

    /// <inheritdoc/>
    public override string Name => Kind;

    internal override void WriteData(NetlinkWriter writer)
    {
        writer.WriteUInt32BigEndian(NftaNat.Type, (uint)Type);
        writer.WriteUInt32BigEndian(NftaNat.Family, (uint)Family);
        NatRange.Write(writer, NftaNat.AddressMin, AddressMin);
        NatRange.Write(writer, NftaNat.AddressMax, AddressMax);
        NatRange.Write(writer, NftaNat.PortMin, PortMin);
        NatRange.Write(writer, NftaNat.PortMax, PortMax);
        NatRange.Write(writer, NftaNat.Flags, Flags);
    }

    /// <summary>Reads the attributes that <see cref="WriteData"/> writes; null if they have another form.</summary>
    internal static NatExpression? Read(AttributeList attributes)
    {
        NatType? type = null;
        NftFamily? family = null;
        NftRegister? addressMin = null, addressMax = null, portMin = null, portMax = null;
        NatFlags flags = NatFlags.None;
        foreach (AttributeReader attribute in attributes)
        {
            switch (attribute.Type)
            {
                case NftaNat.Type: type = (NatType)attribute.ReadUInt32BigEndian(); break;
                case NftaNat.Family: family = (NftFamily)attribute.ReadUInt32BigEndian(); break;
                case NftaNat.AddressMin: addressMin = (NftRegister)attribute.ReadUInt32BigEndian(); break;
                case NftaNat.AddressMax: addressMax = (NftRegister)attribute.ReadUInt32BigEndian(); break;
                case NftaNat.PortMin: portMin = (NftRegister)attribute.ReadUInt32BigEndian(); break;
                case NftaNat.PortMax: portMax = (NftRegister)attribute.ReadUInt32BigEndian(); break;
                case NftaNat.Flags: flags = NatRange.ReadFlags(attribute); break;
                default: break;
            }
        }
        return type is not null && family is not null
            ? new NatExpression
            {
                Type = type.Value,
                Family = family.Value,
                AddressMin = addressMin,
                AddressMax = NatRange.Last(addressMin, addressMax),
                PortMin = portMin,
                PortMax = NatRange.Last(portMin, portMax),
                Flags = flags,
            }
            : null;
    }
}
