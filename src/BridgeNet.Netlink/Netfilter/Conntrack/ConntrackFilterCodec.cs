using System.Net.Sockets;

using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Filters on the wire: the tuples, and which of their parts count. Only parts that the kernel compares correctly are sent.</summary>
internal static class ConntrackFilterCodec
{
    /// <summary>Whether the kernel compares all that a tuple's filter names, and compares it rightly.</summary>
    public static bool IsTrusted(NftFamily family, ConntrackTupleFilter? tuple) =>
        tuple is null || Trusted(family, tuple) == tuple;

    /// <summary>The parts that the kernel compares rightly: see <see cref="ConntrackFilter.CanBeFlushed"/>.</summary>
    public static ConntrackTupleFilter Trusted(NftFamily family, ConntrackTupleFilter tuple)
    {
        ConntrackTupleFilter trusted = tuple;
        if (family is not NftFamily.IPv4)
        {
            trusted = trusted with { Source = null, Destination = null };
        }
        return tuple.Protocol is ProtocolType.Tcp or ProtocolType.Udp ? trusted : trusted with { SourcePort = null, DestinationPort = null };
    }

    /// <summary>Writes a filter whole.</summary>
    public static void Write(NetlinkWriter writer, ConntrackTupleFilter? original, ConntrackTupleFilter? reply)
    {
        if (original is not null)
        {
            WriteTuple(writer, Cta.Original, original);
        }
        if (reply is not null)
        {
            WriteTuple(writer, Cta.Reply, reply);
        }
        using (writer.Nest(Cta.Filter))
        {
            writer.WriteUInt32(CtaFilter.OriginalParts, PartsOf(original));
            writer.WriteUInt32(CtaFilter.ReplyParts, PartsOf(reply));
        }
    }

    private static uint PartsOf(ConntrackTupleFilter? tuple) => tuple is null
        ? 0
        : (tuple.Source is null ? 0 : CtaFilterParts.Source)
        | (tuple.Destination is null ? 0 : CtaFilterParts.Destination)
        | (tuple.Protocol is null ? 0 : CtaFilterParts.Protocol)
        | (tuple.SourcePort is null ? 0 : CtaFilterParts.SourcePort)
        | (tuple.DestinationPort is null ? 0 : CtaFilterParts.DestinationPort);

    private static void WriteTuple(NetlinkWriter writer, ushort type, ConntrackTupleFilter tuple)
    {
        using (writer.Nest(type))
        {
            using (writer.Nest(CtaTuple.Addresses))
            {
                if (tuple.Source is { } source)
                {
                    writer.WriteBytes(CtaIP.IPv4Source, source.GetAddressBytes());
                }
                if (tuple.Destination is { } destination)
                {
                    writer.WriteBytes(CtaIP.IPv4Destination, destination.GetAddressBytes());
                }
            }
            using (writer.Nest(CtaTuple.Protocol))
            {
                if (tuple.Protocol is { } protocol)
                {
                    writer.WriteByte(CtaProtocol.Number, (byte)protocol);
                }
                if (tuple.SourcePort is { } sourcePort)
                {
                    writer.WriteUInt16BigEndian(CtaProtocol.SourcePort, sourcePort);
                }
                if (tuple.DestinationPort is { } destinationPort)
                {
                    writer.WriteUInt16BigEndian(CtaProtocol.DestinationPort, destinationPort);
                }
            }
        }
    }
}
