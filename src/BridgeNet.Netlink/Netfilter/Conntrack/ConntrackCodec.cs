using System.Net;
using System.Net.Sockets;

using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Connections on the wire.</summary>
internal static class ConntrackCodec
{
    /// <summary>The family of a tuple's addresses.</summary>
    public static NftFamily FamilyOf(ConntrackTuple tuple) =>
        tuple.Source.AddressFamily is AddressFamily.InterNetwork ? NftFamily.IPv4 : NftFamily.IPv6;

    /// <summary>Writes all attributes of an entry.</summary>
    public static void Write(NetlinkWriter writer, ConntrackEntry entry)
    {
        WriteTuple(writer, Cta.Original, entry.Original);
        WriteTuple(writer, Cta.Reply, entry.Reply);
        writer.WriteUInt32BigEndian(Cta.Status, (uint)entry.Status);
        writer.WriteUInt32BigEndian(Cta.Mark, entry.Mark);
        WriteIdentity(writer, entry);
    }

    /// <summary>Writes only what identifies an entry among others with the same tuple.</summary>
    public static void WriteKey(NetlinkWriter writer, ConntrackEntry entry)
    {
        WriteTuple(writer, Cta.Original, entry.Original);
        WriteIdentity(writer, entry);
    }

    /// <summary>Reads an entry; null if it has not both tuples.</summary>
    /// <exception cref="NetlinkFormatException">A value has the wrong length.</exception>
    public static ConntrackEntry? Read(NetlinkMessage message)
    {
        ConntrackTuple? original = null, reply = null;
        CtStatusFlags status = CtStatusFlags.None;
        uint mark = 0;
        ushort zone = 0;
        uint? id = null;
        foreach (AttributeReader attribute in message.Attributes<NfGenMessage>())
        {
            switch (attribute.Type)
            {
                case Cta.Original: original = ReadTuple(attribute); break;
                case Cta.Reply: reply = ReadTuple(attribute); break;
                case Cta.Status: status = (CtStatusFlags)attribute.ReadUInt32BigEndian(); break;
                case Cta.Mark: mark = attribute.ReadUInt32BigEndian(); break;
                case Cta.Zone: zone = attribute.ReadUInt16BigEndian(); break;
                case Cta.Id: id = attribute.ReadUInt32BigEndian(); break;
                default: break;
            }
        }
        return original is not null && reply is not null
            ? new ConntrackEntry { Original = original, Reply = reply, Status = status, Mark = mark, Zone = zone, Id = id }
            : null;
    }

    /// <summary>Reads a tuple; null if it lacks an address or the protocol.</summary>
    public static ConntrackTuple? ReadTuple(AttributeReader nest)
    {
        IPAddress? source = null, destination = null;
        ConntrackTuple? protocol = null;
        foreach (AttributeReader attribute in nest.Attributes)
        {
            switch (attribute.Type)
            {
                case CtaTuple.Addresses: (source, destination) = ReadAddresses(attribute); break;
                case CtaTuple.Protocol: protocol = ReadProtocol(attribute); break;
                default: break;
            }
        }
        return source is not null && destination is not null && protocol is not null
            ? protocol with { Source = source, Destination = destination }
            : null;
    }

    private static void WriteTuple(NetlinkWriter writer, ushort type, ConntrackTuple tuple)
    {
        bool isIPv4 = FamilyOf(tuple) is NftFamily.IPv4;
        using (writer.Nest(type))
        {
            using (writer.Nest(CtaTuple.Addresses))
            {
                writer.WriteBytes(isIPv4 ? CtaIP.IPv4Source : CtaIP.IPv6Source, tuple.Source.GetAddressBytes());
                writer.WriteBytes(isIPv4 ? CtaIP.IPv4Destination : CtaIP.IPv6Destination, tuple.Destination.GetAddressBytes());
            }
            using (writer.Nest(CtaTuple.Protocol))
            {
                writer.WriteByte(CtaProtocol.Number, (byte)tuple.Protocol);
                writer.WriteUInt16BigEndian(CtaProtocol.SourcePort, tuple.SourcePort);
                writer.WriteUInt16BigEndian(CtaProtocol.DestinationPort, tuple.DestinationPort);
            }
        }
    }

    private static void WriteIdentity(NetlinkWriter writer, ConntrackEntry entry)
    {
        if (entry.Zone != 0)
        {
            writer.WriteUInt16BigEndian(Cta.Zone, entry.Zone);
        }
        if (entry.Id is { } id)
        {
            writer.WriteUInt32BigEndian(Cta.Id, id);
        }
    }

    private static (IPAddress? Source, IPAddress? Destination) ReadAddresses(AttributeReader nest)
    {
        IPAddress? source = null, destination = null;
        foreach (AttributeReader attribute in nest.Attributes)
        {
            switch (attribute.Type)
            {
                case CtaIP.IPv4Source or CtaIP.IPv6Source: source = attribute.ReadAddress(); break;
                case CtaIP.IPv4Destination or CtaIP.IPv6Destination: destination = attribute.ReadAddress(); break;
                default: break;
            }
        }
        return (source, destination);
    }

    private static ConntrackTuple ReadProtocol(AttributeReader nest)
    {
        byte number = 0;
        ushort source = 0, destination = 0;
        foreach (AttributeReader attribute in nest.Attributes)
        {
            switch (attribute.Type)
            {
                case CtaProtocol.Number: number = attribute.ReadByte(); break;
                case CtaProtocol.SourcePort: source = attribute.ReadUInt16BigEndian(); break;
                case CtaProtocol.DestinationPort: destination = attribute.ReadUInt16BigEndian(); break;
                default: break;
            }
        }
        return new ConntrackTuple
        {
            Source = IPAddress.None,
            Destination = IPAddress.None,
            Protocol = (ProtocolType)number,
            SourcePort = source,
            DestinationPort = destination,
        };
    }
}
