using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Route;

/// <content>As the message of a route.</content>
public sealed partial record IPRoute
{
    private const RouteFlags Settable = RouteFlags.OnLink | RouteFlags.Pervasive;

    /// <summary>Reads an RTM_NEWROUTE.</summary>
    /// <exception cref="NetlinkFormatException">Not such a message, or one of another family than IPv4 and IPv6.</exception>
    [SetsRequiredMembers]
    internal IPRoute(NetlinkMessage message)
    {
        Rtmsg header = message.Header<Rtmsg>();
        IPAddress destination = header.Family is RouteFamily.IPv4 ? IPAddress.Any : IPAddress.IPv6Any;
        Table = header.Table;
        Type = header.Type;
        Scope = header.Scope;
        Protocol = header.Protocol;
        Flags = header.Flags;
        foreach (AttributeReader attribute in message.Attributes<Rtmsg>())
        {
            switch (attribute.Type)
            {
                case Rta.Destination: destination = attribute.ReadAddress(header.Family); break;
                case Rta.Priority: Metric = attribute.ReadUInt32(); break;
                case Rta.PreferredSource: PreferredSource = attribute.ReadAddress(header.Family); break;
                case Rta.Metrics:
                    Mtu = ReadMetric(attribute.Attributes, Rta.MetricMtu);
                    AdvertisedSegment = ReadMetric(attribute.Attributes, Rta.MetricAdvertisedSegment);
                    break;
                case Rta.Table: Table = attribute.ReadUInt32(); break;
                case Rta.OutputInterface: OutputInterface = attribute.ReadInt32(); break;
                case Rta.Gateway: Gateway = attribute.ReadAddress(header.Family); break;
                case Rta.Via: Gateway = ReadVia(attribute); break;
                case Rta.Multipath: (OutputInterface, Gateway) = ReadFirstStep(attribute, header.Family); break;
                default: break;
            }
        }
        Destination = header.DestinationLength <= RouteFamily.Bits(header.Family)
            ? new InterfaceAddress(destination, header.DestinationLength).Subnet
            : throw new NetlinkFormatException($"a route of family {header.Family} has no prefix of {header.DestinationLength} bits");
    }

    /// <summary>Writes header and attributes.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="isDeletion">Whether a null property matches any value.</param>
    internal void Write(NetlinkWriter writer, bool isDeletion = false)
    {
        byte family = RouteFamily.Of(Destination.BaseAddress);
        writer.WriteHeader(new Rtmsg
        {
            Family = family,
            DestinationLength = (byte)Destination.PrefixLength,
            Table = Table <= byte.MaxValue ? (byte)Table : (byte)0,
            Protocol = Protocol ?? (isDeletion ? RouteProtocol.Unspecified : RouteProtocol.Boot),
            Scope = Scope ?? (isDeletion ? RouteScope.Nowhere : DefaultScope(family)),
            Type = Type,
            Flags = Flags & Settable,
        });
        if (!IsDefault)
        {
            writer.WriteOptional(Rta.Destination, Destination.BaseAddress);
        }
        if (Gateway is not null && RouteFamily.Of(Gateway) != family)
        {
            WriteVia(writer, Gateway);
        }
        else
        {
            writer.WriteOptional(Rta.Gateway, Gateway);
        }
        writer.WriteOptional(Rta.OutputInterface, OutputInterface);
        writer.WriteOptional(Rta.PreferredSource, PreferredSource);
        writer.WriteOptional(Rta.Priority, Metric);
        if (Table > byte.MaxValue)
        {
            writer.WriteUInt32(Rta.Table, Table);
        }
        if (Mtu is not null || AdvertisedSegment is not null)
        {
            using (writer.Nest(Rta.Metrics))
            {
                writer.WriteOptional(Rta.MetricMtu, Mtu);
                writer.WriteOptional(Rta.MetricAdvertisedSegment, AdvertisedSegment);
            }
        }
    }

    private RouteScope DefaultScope(byte family) => Type switch
    {
        RouteType.Local => RouteScope.Host,
        RouteType.Unicast or RouteType.Broadcast or RouteType.Multicast or RouteType.Anycast
            when Gateway is null && family is RouteFamily.IPv4 => RouteScope.Link,
        _ => RouteScope.Universe,
    };

    private static (int Index, IPAddress? Gateway) ReadFirstStep(AttributeReader multipath, byte family)
    {
        RtNextHop step = multipath.ReadStruct<RtNextHop>();
        int header = Unsafe.SizeOf<RtNextHop>();
        if (step.Length < header || step.Length > multipath.Value.Length)
        {
            throw new NetlinkFormatException($"a next step says it has {step.Length} bytes: {multipath.Value.Length} are there");
        }
        IPAddress? gateway = null;
        foreach (AttributeReader attribute in new AttributeList(multipath.Value[header..step.Length]))
        {
            gateway = attribute.Type switch
            {
                Rta.Gateway => attribute.ReadAddress(family),
                Rta.Via => ReadVia(attribute),
                _ => gateway,
            };
        }
        return (step.Index, gateway);
    }

    private static int? ReadMetric(AttributeList metrics, ushort type) =>
        metrics.TryFind(type, out AttributeReader metric) ? metric.ReadInt32() : null;

    /// <summary>struct rtvia: a family and an address of it.</summary>
    private static IPAddress ReadVia(AttributeReader via)
    {
        ReadOnlySpan<byte> value = via.Value;
        return value.Length is sizeof(ushort) + 4 or sizeof(ushort) + 16
            ? new IPAddress(value[sizeof(ushort)..])
            : throw new NetlinkFormatException($"attribute {via.Type}: a router has 6 or 18 bytes: got {value.Length}");
    }

    private static void WriteVia(NetlinkWriter writer, IPAddress router)
    {
        byte family = RouteFamily.Of(router);
        Span<byte> via = writer.Attribute(Rta.Via, sizeof(ushort) + (RouteFamily.Bits(family) / 8));
        MemoryMarshal.Write(via, (ushort)family);
        router.TryWriteBytes(via[sizeof(ushort)..], out _);
    }
}
