using BridgeNet.Netlink.Netfilter;
using BridgeNet.Netlink.Route;
using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Monitoring;

/// <summary>Turns the kernel's notifications into events. It skips other kinds of messages and families other than IP.</summary>
internal static class NetlinkEventCodec
{
    /// <summary>In every nf_tables message attribute 1 is the name of the table.</summary>
    private const ushort TableName = NftaTable.Name;

    /// <summary>An event of rtnetlink; null if it is none of those.</summary>
    /// <exception cref="NetlinkFormatException">A value has the wrong length.</exception>
    public static NetlinkEvent? ReadRoute(NetlinkMessage message) => message.Type switch
    {
        RtnetlinkType.NewLink when IsOfLinks(message) => new NetlinkEvent { Kind = NetlinkEventKind.LinkChanged, Link = new Link(message) },
        RtnetlinkType.DeleteLink when IsOfLinks(message) => new NetlinkEvent { Kind = NetlinkEventKind.LinkDeleted, Link = new Link(message) },
        RtnetlinkType.NewAddress when IsIP(message) =>
            new NetlinkEvent { Kind = NetlinkEventKind.AddressChanged, Address = new LinkAddress(message) },
        RtnetlinkType.DeleteAddress when IsIP(message) =>
            new NetlinkEvent { Kind = NetlinkEventKind.AddressDeleted, Address = new LinkAddress(message) },
        RtnetlinkType.NewRoute when IsIP(message) => new NetlinkEvent { Kind = NetlinkEventKind.RouteChanged, Route = new IPRoute(message) },
        RtnetlinkType.DeleteRoute when IsIP(message) => new NetlinkEvent { Kind = NetlinkEventKind.RouteDeleted, Route = new IPRoute(message) },
        RtnetlinkType.NewSettings when IsIP(message) => ReadSettings(message),
        _ => null,
    };

    /// <summary>An event of nf_tables; null if it is none.</summary>
    /// <exception cref="NetlinkFormatException">A value has the wrong length.</exception>
    public static NetlinkEvent? ReadTables(NetlinkMessage message)
    {
        if (message.Type >> 8 != NfnlMessage.TablesSubsystem)
        {
            return null;
        }
        return (byte)message.Type switch
        {
            NftMessageType.NewGeneration => ReadGeneration(message),
            NftMessageType.DeleteTable or NftMessageType.DeleteChain or NftMessageType.DeleteRule or NftMessageType.DeleteSet
                or NftMessageType.DeleteElement or NftMessageType.DeleteObject => OfTable(NetlinkEventKind.TableReduced, message),
            _ => OfTable(NetlinkEventKind.TableChanged, message),
        };
    }

    private static NetlinkEvent? ReadSettings(NetlinkMessage message)
    {
        AttributeList attributes = message.Attributes<Netconfmsg>();
        if (!attributes.TryFind(Netconfa.Forwarding, out AttributeReader forwarding))
        {
            return null;
        }
        int? link = attributes.TryFind(Netconfa.InterfaceIndex, out AttributeReader index) ? index.ReadInt32() : null;
        return new NetlinkEvent
        {
            Kind = NetlinkEventKind.ForwardingChanged,
            Forwarding = forwarding.ReadInt32() != 0,
            ForwardingLink = link is Netconfa.All or Netconfa.Default ? null : link,
        };
    }

    private static NetlinkEvent OfTable(NetlinkEventKind kind, NetlinkMessage message) => new()
    {
        Kind = kind,
        Table = message.Attributes<NfGenMessage>().TryFind(TableName, out AttributeReader name)
            ? new NftTableId(NfGenMessage.FamilyOf(message), name.ReadString())
            : null,
    };

    private static NetlinkEvent ReadGeneration(NetlinkMessage message)
    {
        AttributeList attributes = message.Attributes<NfGenMessage>();
        return new NetlinkEvent
        {
            Kind = NetlinkEventKind.RulesetCommitted,
            Generation = attributes.TryFind(NftaGeneration.Id, out AttributeReader id) ? id.ReadUInt32BigEndian() : null,
            ProcessId = attributes.TryFind(NftaGeneration.ProcessId, out AttributeReader process) ? (int)process.ReadUInt32BigEndian() : null,
            ProcessName = attributes.TryFind(NftaGeneration.ProcessName, out AttributeReader name) ? name.ReadString() : null,
        };
    }

    /// <summary>A bridge tells of its ports in messages of its own family, which are not about links.</summary>
    private static bool IsOfLinks(NetlinkMessage message) => message.Header<byte>() == RouteFamily.Of(System.Net.Sockets.AddressFamily.Unspecified);

    private static bool IsIP(NetlinkMessage message) => RouteFamily.IsIP(message.Header<byte>());
}
