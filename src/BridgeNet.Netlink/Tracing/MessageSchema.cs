using System.Runtime.CompilerServices;

using BridgeNet.Native;
using BridgeNet.Netlink.Netfilter;
using BridgeNet.Netlink.Route;
using BridgeNet.Netlink.Sockets;

namespace BridgeNet.Netlink.Tracing;

/// <summary>What the trace knows of the messages of one type.</summary>
/// <param name="Name">The kernel's name of the type.</param>
/// <param name="HeaderBytes">The bytes of the fixed header before the attributes.</param>
/// <param name="Attributes">The attributes.</param>
internal readonly record struct MessageSchema(string Name, int HeaderBytes, AttributeSchema Attributes)
{
    private const byte BridgeFamily = 7; // AF_BRIDGE

    /// <summary>Finds what is known of a message.</summary>
    /// <param name="protocol">The socket's protocol.</param>
    /// <param name="type">nlmsg_type.</param>
    /// <param name="payload">The bytes behind the message's header; the first one is the address family.</param>
    /// <param name="isRequest">Whether the message goes to the kernel: sock_diag has one type for requests and answers.</param>
    public static MessageSchema Of(NetlinkProtocol protocol, ushort type, ReadOnlySpan<byte> payload, bool isRequest) => protocol switch
    {
        NetlinkProtocol.Route => OfRoute(type, payload),
        NetlinkProtocol.Netfilter => OfNetfilter(type),
        NetlinkProtocol.SocketDiagnostics when type is SocketDiagnosticsType.ByFamily && isRequest =>
            new MessageSchema("SOCK_DIAG_BY_FAMILY", InetDiagRequest.Length, SocketSchemas.Request),
        NetlinkProtocol.SocketDiagnostics when type is SocketDiagnosticsType.ByFamily =>
            new MessageSchema("SOCK_DIAG_BY_FAMILY", InetDiagMessage.Length, AttributeSchema.Unknown),
        _ => new MessageSchema($"type {type}", 0, AttributeSchema.Unknown),
    };

    private static MessageSchema OfRoute(ushort type, ReadOnlySpan<byte> payload)
    {
        string? name = MessageNames.OfRoute(type);
        return type switch
        {
            _ when name is null => new MessageSchema($"type {type}", 0, AttributeSchema.Unknown),
            RtnetlinkType.NewAddress or RtnetlinkType.DeleteAddress or RtnetlinkType.GetAddress =>
                new MessageSchema(name, Unsafe.SizeOf<Ifaddrmsg>(), RouteSchemas.Address),
            RtnetlinkType.NewRoute or RtnetlinkType.DeleteRoute or RtnetlinkType.GetRoute =>
                new MessageSchema(name, Unsafe.SizeOf<Rtmsg>(), RouteSchemas.Route),
            RtnetlinkType.NewRule or RtnetlinkType.DeleteRule or RtnetlinkType.GetRule =>
                new MessageSchema(name, Unsafe.SizeOf<FibRuleHeader>(), RouteSchemas.Rule),
            RtnetlinkType.NewNeighbour or RtnetlinkType.DeleteNeighbour or RtnetlinkType.GetNeighbour =>
                new MessageSchema(name, Unsafe.SizeOf<Ndmsg>(), RouteSchemas.Neighbour),
            RtnetlinkType.NewNamespaceId or RtnetlinkType.GetNamespaceId => new MessageSchema(name, sizeof(int), RouteSchemas.Namespace),
            RtnetlinkType.NewSettings => new MessageSchema(name, Unsafe.SizeOf<Netconfmsg>(), RouteSchemas.Settings),
            >= RtnetlinkType.NewQdisc => new MessageSchema(name, Unsafe.SizeOf<Tcmsg>(), RouteSchemas.TrafficControl),
            _ => new MessageSchema(name, Unsafe.SizeOf<Ifinfomsg>(), payload is [BridgeFamily, ..] ? LinkSchemas.BridgeLink : LinkSchemas.Link),
        };
    }

    private static MessageSchema OfNetfilter(ushort type)
    {
        int header = Unsafe.SizeOf<NfGenMessage>();
        byte verb = (byte)type;
        return (type >> 8) switch
        {
            0 when type is NfnlMessage.BatchBegin => new MessageSchema("NFNL_MSG_BATCH_BEGIN", header, TableSchemas.Batch),
            0 when type is NfnlMessage.BatchEnd => new MessageSchema("NFNL_MSG_BATCH_END", header, TableSchemas.Batch),
            NfnlMessage.TablesSubsystem when MessageNames.OfTables(verb) is { } name => new MessageSchema(name, header, OfTables(verb)),
            NfnlMessage.ConntrackSubsystem when MessageNames.OfConntrack(verb) is { } name => new MessageSchema(
                name, header, verb is ConntrackMessageType.GetStatistics ? ConntrackSchemas.Statistics : ConntrackSchemas.Entry),
            int subsystem => new MessageSchema($"subsystem {subsystem} type {verb}", header, AttributeSchema.Unknown),
        };
    }

    private static AttributeSchema OfTables(byte verb) => verb switch
    {
        <= NftMessageType.DeleteTable => TableSchemas.Table,
        <= NftMessageType.DeleteChain => TableSchemas.Chain,
        <= NftMessageType.DeleteRule => TableSchemas.Rule,
        <= NftMessageType.DeleteSet => TableSchemas.Set,
        <= NftMessageType.DeleteElement => ElementSchemas.List,
        <= NftMessageType.GetGeneration => TableSchemas.Generation,
        _ => TableSchemas.Object,
    };
}
