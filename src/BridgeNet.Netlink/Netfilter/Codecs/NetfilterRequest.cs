using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Requests in words, for the text of errors: <c>add 3 elements to inet bridgenet/publish</c>.</summary>
internal static class NetfilterRequest
{
    /// <summary>What a request asks, naming the thing.</summary>
    public static string Describe(NetlinkMessage request)
    {
        if (request.Type is NfnlMessage.BatchBegin or NfnlMessage.BatchEnd)
        {
            return "nf_tables transaction";
        }
        return (request.Type >> 8) switch
        {
            NfnlMessage.TablesSubsystem => DescribeTables(request),
            NfnlMessage.ConntrackSubsystem => DescribeConntrack(request),
            _ => $"netfilter request {request.Type:x4}",
        };
    }

    private static string DescribeConntrack(NetlinkMessage request)
    {
        AttributeList attributes = request.Attributes<NfGenMessage>();
        string tuple = attributes.TryFind(Cta.Filter, out _) ? "entries by a filter"
            : attributes.TryFind(Cta.Original, out AttributeReader original) ? $"{ConntrackCodec.ReadTuple(original)}"
            : "entries";
        return (byte)request.Type is ConntrackMessageType.Delete ? $"delete conntrack {tuple}" : $"list conntrack {tuple}";
    }

    private static string DescribeTables(NetlinkMessage request)
    {
        NftFamily family = NfGenMessage.FamilyOf(request);
        AttributeList attributes = request.Attributes<NfGenMessage>();
        string table = family == default ? "all tables" : $"{NftTableId.NameOf(family)} {Text(attributes, NftaTable.Name)}";
        byte type = (byte)request.Type;
        string verb = VerbOf(type, request.Flags);
        return type switch
        {
            NftMessageType.NewTable or NftMessageType.GetTable or NftMessageType.DeleteTable => $"{verb} table {table}",
            NftMessageType.NewChain or NftMessageType.GetChain or NftMessageType.DeleteChain =>
                $"{verb} chain {table}{Member(attributes, NftaChain.Name)}",
            NftMessageType.DeleteRule when !attributes.TryFind(NftaRule.Handle, out _) => $"flush chain {table}{Member(attributes, NftaRule.Chain)}",
            NftMessageType.NewRule or NftMessageType.GetRule or NftMessageType.DeleteRule =>
                $"{verb} rule {table}{Member(attributes, NftaRule.Chain)}{Handle(attributes)}",
            NftMessageType.NewSet or NftMessageType.GetSet or NftMessageType.DeleteSet => $"{verb} set {table}{Member(attributes, NftaSet.Name)}",
            NftMessageType.NewElement => $"{verb} {Elements(attributes)} to {table}{Member(attributes, NftaSetElementList.Set)}",
            NftMessageType.GetElement or NftMessageType.DeleteElement =>
                $"{verb} {Elements(attributes)} of {table}{Member(attributes, NftaSetElementList.Set)}",
            NftMessageType.NewObject or NftMessageType.GetObject or NftMessageType.DeleteObject =>
                $"{verb} object {table}{Member(attributes, NftaObject.Name)}",
            NftMessageType.GetGeneration => "get the ruleset's generation",
            _ => $"nf_tables request {type}",
        };
    }

    private static string VerbOf(byte type, NetlinkFlags flags) => type switch
    {
        NftMessageType.NewRule => flags.HasFlag(NetlinkFlags.Create) ? "add" : "replace",
        NftMessageType.NewTable or NftMessageType.NewChain or NftMessageType.NewSet or NftMessageType.NewElement or NftMessageType.NewObject => "add",
        NftMessageType.DeleteTable or NftMessageType.DeleteChain or NftMessageType.DeleteRule or NftMessageType.DeleteSet
            or NftMessageType.DeleteElement or NftMessageType.DeleteObject => "delete",
        _ => flags.HasFlag(NetlinkFlags.Dump) ? "list" : "get",
    };

    private static string Text(AttributeList attributes, ushort type) =>
        attributes.TryFind(type, out AttributeReader attribute) ? attribute.ReadString() : string.Empty;

    private static string Member(AttributeList attributes, ushort type) =>
        attributes.TryFind(type, out AttributeReader attribute) ? $"/{attribute.ReadString()}" : string.Empty;

    private static string Handle(AttributeList attributes) =>
        attributes.TryFind(NftaRule.Handle, out AttributeReader handle) ? $" handle {handle.ReadUInt64BigEndian()}" : string.Empty;

    private static string Elements(AttributeList attributes) => NftElementListCodec.Count(attributes) switch
    {
        0 => "all elements",
        1 => "1 element",
        int count => $"{count} elements",
    };
}
