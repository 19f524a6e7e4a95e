namespace BridgeNet.Netlink.Route;

/// <summary>The message types of rtnetlink, as in include/uapi/linux/rtnetlink.h.</summary>
internal static class RtnetlinkType
{
    /// <summary>RTM_NEWLINK: create or change a link; a link.</summary>
    public const ushort NewLink = 16;

    /// <summary>RTM_DELLINK: delete a link.</summary>
    public const ushort DeleteLink = 17;

    /// <summary>RTM_GETLINK: give a link, or all.</summary>
    public const ushort GetLink = 18;

    /// <summary>RTM_SETLINK: change a link; of AF_BRIDGE, its VLANs.</summary>
    public const ushort SetLink = 19;

    /// <summary>RTM_NEWADDR: add or replace an address; an address.</summary>
    public const ushort NewAddress = 20;

    /// <summary>RTM_DELADDR: delete an address.</summary>
    public const ushort DeleteAddress = 21;

    /// <summary>RTM_GETADDR: give all addresses.</summary>
    public const ushort GetAddress = 22;

    /// <summary>RTM_NEWROUTE: add or replace a route; a route.</summary>
    public const ushort NewRoute = 24;

    /// <summary>RTM_DELROUTE: delete a route.</summary>
    public const ushort DeleteRoute = 25;

    /// <summary>RTM_GETROUTE: give the route to a destination, or all.</summary>
    public const ushort GetRoute = 26;

    /// <summary>RTM_NEWNEIGH: add or replace a neighbour; a neighbour.</summary>
    public const ushort NewNeighbour = 28;

    /// <summary>RTM_DELNEIGH: delete a neighbour.</summary>
    public const ushort DeleteNeighbour = 29;

    /// <summary>RTM_GETNEIGH: give all neighbours.</summary>
    public const ushort GetNeighbour = 30;

    /// <summary>RTM_NEWRULE: add a rule that chooses a routing table; a rule.</summary>
    public const ushort NewRule = 32;

    /// <summary>RTM_DELRULE: delete a rule.</summary>
    public const ushort DeleteRule = 33;

    /// <summary>RTM_GETRULE: give all rules.</summary>
    public const ushort GetRule = 34;

    /// <summary>RTM_NEWQDISC: add or replace a queueing discipline; a queueing discipline.</summary>
    public const ushort NewQdisc = 36;

    /// <summary>RTM_DELQDISC: delete a queueing discipline.</summary>
    public const ushort DeleteQdisc = 37;

    /// <summary>RTM_GETQDISC: give all queueing disciplines.</summary>
    public const ushort GetQdisc = 38;

    /// <summary>RTM_NEWTFILTER: add or replace a filter; a filter.</summary>
    public const ushort NewFilter = 44;

    /// <summary>RTM_DELTFILTER: delete a filter.</summary>
    public const ushort DeleteFilter = 45;

    /// <summary>RTM_GETTFILTER: give all filters of a queueing discipline.</summary>
    public const ushort GetFilter = 46;

    /// <summary>RTM_NEWNETCONF: settings of IP changed.</summary>
    public const ushort NewSettings = 80;

    /// <summary>RTM_NEWNSID: the number of a namespace.</summary>
    public const ushort NewNamespaceId = 88;

    /// <summary>RTM_GETNSID: give the number of a namespace.</summary>
    public const ushort GetNamespaceId = 90;
}
