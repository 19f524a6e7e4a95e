using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Route;

/// <summary>A request in words, for an error's text: <c>add address 172.17.0.1/16 to #3</c>.</summary>
internal static class RequestDescription
{
    /// <summary>The words.</summary>
    public static string Of(NetlinkMessage request) => request.Type switch
    {
        RtnetlinkType.NewLink => $"{(request.Flags.HasFlag(NetlinkFlags.Create) ? "create" : "change")} {OfLink(request)}",
        RtnetlinkType.DeleteLink when request.Header<Ifinfomsg>().Family is RouteFamily.Bridge =>
            $"delete VLANs of #{request.Header<Ifinfomsg>().Index}",
        RtnetlinkType.DeleteLink => $"delete {OfLink(request)}",
        RtnetlinkType.GetLink => IsDump(request) ? "list links" : $"get {OfLink(request)}",
        RtnetlinkType.SetLink => $"set the VLANs of #{request.Header<Ifinfomsg>().Index}",
        RtnetlinkType.NewAddress => $"{Verb(request)} {OfAddress(request, "to")}",
        RtnetlinkType.DeleteAddress => $"delete {OfAddress(request, "from")}",
        RtnetlinkType.GetAddress => "list addresses",
        RtnetlinkType.NewRoute => $"{Verb(request)} route {new IPRoute(request).Describe()}",
        RtnetlinkType.DeleteRoute => $"delete route {new IPRoute(request).Describe()}",
        RtnetlinkType.GetRoute => IsDump(request) ? "list routes" : $"get the route to {new IPRoute(request).Destination.BaseAddress}",
        RtnetlinkType.NewRule => $"add rule {OfRule(request)}",
        RtnetlinkType.DeleteRule => $"delete rule {OfRule(request)}",
        RtnetlinkType.GetRule => "list rules",
        RtnetlinkType.NewNeighbour => $"set {OfNeighbour(request)}",
        RtnetlinkType.DeleteNeighbour => $"delete {OfNeighbour(request)}",
        RtnetlinkType.GetNeighbour => request.Header<Ndmsg>().Family is RouteFamily.Bridge ? "list forwarding entries" : "list neighbours",
        RtnetlinkType.NewQdisc => $"{Verb(request)} {OfQdisc(request)}",
        RtnetlinkType.DeleteQdisc => $"delete {OfQdisc(request)}",
        RtnetlinkType.GetQdisc => "list queueing disciplines",
        RtnetlinkType.NewFilter => $"{Verb(request)} {OfFilter(request)}",
        RtnetlinkType.DeleteFilter => $"delete {OfFilter(request)}",
        RtnetlinkType.GetFilter => $"list filters of #{request.Header<Tcmsg>().Index}",
        RtnetlinkType.GetNamespaceId => "get the number of a namespace",
        _ => $"rtnetlink request {request.Type}",
    };

    private static bool IsDump(NetlinkMessage request) => request.Flags.HasFlag(NetlinkFlags.Dump);

    private static string Verb(NetlinkMessage request) => request.Flags.HasFlag(NetlinkFlags.Replace) ? "replace" : "add";

    private static string OfLink(NetlinkMessage request)
    {
        Link link = new(request);
        bool isCreation = request.Flags.HasFlag(NetlinkFlags.Create);
        return link.Index != 0 && !isCreation ? $"link #{link.Index}"
            : !link.Name.IsEmpty ? $"link {link.Name}"
            : link.Kind is { } kind ? $"link of kind {kind.Name}"
            : link.Group is { } group ? $"links of group {group}"
            : $"link #{link.Index}";
    }

    private static string OfAddress(NetlinkMessage request, string preposition)
    {
        LinkAddress address = new(request);
        return $"address {address.Address} {preposition} #{address.LinkIndex}";
    }

    private static string Describe(this IPRoute route)
    {
        string destination = route.IsDefault ? "default" : route.Destination.ToString();
        string type = route.Type is RouteType.Unicast or RouteType.Unspecified ? string.Empty : $" {route.Type.ToString().ToLowerInvariant()}";
        string gateway = route.Gateway is null ? string.Empty : $" via {route.Gateway}";
        string output = route.OutputInterface is { } index ? $" by #{index}" : string.Empty;
        string table = route.Table is IPRoute.MainTable ? string.Empty : $" in table {route.Table}";
        return destination + type + gateway + output + table;
    }

    private static string OfRule(NetlinkMessage request)
    {
        RoutingRule rule = new(request);
        return $"from {rule.Source} to table {rule.Table}";
    }

    private static string OfNeighbour(NetlinkMessage request)
    {
        Neighbour neighbour = new(request);
        return neighbour.IsForwardingEntry
            ? $"forwarding entry {neighbour.MacAddress} on #{neighbour.LinkIndex}"
            : $"neighbour {neighbour.Address} on #{neighbour.LinkIndex}";
    }
    private static string OfQdisc(NetlinkMessage request)
    {
        Tcmsg header = request.Header<Tcmsg>();
        return $"queueing discipline {KindOf(request)} at {TrafficHandle.FromWire(header.Parent)} of #{header.Index}";
    }

    private static string OfFilter(NetlinkMessage request)
    {
        Tcmsg header = request.Header<Tcmsg>();
        ushort priority = TrafficFilter.PriorityOf(header);
        return $"filter {KindOf(request)} of priority {priority} at {TrafficHandle.FromWire(header.Parent)} of #{header.Index}";
    }

    private static string KindOf(NetlinkMessage request) =>
        request.Attributes<Tcmsg>().TryFind(Tca.Kind, out AttributeReader kind) ? kind.ReadString() : "of any kind";
}
