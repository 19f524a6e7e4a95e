using BridgeNet.Netlink.Netfilter;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Netlink.Tracing;

/// <summary>The kernel's names of message types.</summary>
internal static class MessageNames
{
    /// <summary>A type of rtnetlink; null if it is unknown here.</summary>
    public static string? OfRoute(ushort type) => type switch
    {
        RtnetlinkType.NewLink => "RTM_NEWLINK",
        RtnetlinkType.DeleteLink => "RTM_DELLINK",
        RtnetlinkType.GetLink => "RTM_GETLINK",
        RtnetlinkType.SetLink => "RTM_SETLINK",
        RtnetlinkType.NewAddress => "RTM_NEWADDR",
        RtnetlinkType.DeleteAddress => "RTM_DELADDR",
        RtnetlinkType.GetAddress => "RTM_GETADDR",
        RtnetlinkType.NewRoute => "RTM_NEWROUTE",
        RtnetlinkType.DeleteRoute => "RTM_DELROUTE",
        RtnetlinkType.GetRoute => "RTM_GETROUTE",
        RtnetlinkType.NewNeighbour => "RTM_NEWNEIGH",
        RtnetlinkType.DeleteNeighbour => "RTM_DELNEIGH",
        RtnetlinkType.GetNeighbour => "RTM_GETNEIGH",
        RtnetlinkType.NewRule => "RTM_NEWRULE",
        RtnetlinkType.DeleteRule => "RTM_DELRULE",
        RtnetlinkType.GetRule => "RTM_GETRULE",
        RtnetlinkType.NewQdisc => "RTM_NEWQDISC",
        RtnetlinkType.DeleteQdisc => "RTM_DELQDISC",
        RtnetlinkType.GetQdisc => "RTM_GETQDISC",
        RtnetlinkType.NewFilter => "RTM_NEWTFILTER",
        RtnetlinkType.DeleteFilter => "RTM_DELTFILTER",
        RtnetlinkType.GetFilter => "RTM_GETTFILTER",
        RtnetlinkType.NewSettings => "RTM_NEWNETCONF",
        RtnetlinkType.NewNamespaceId => "RTM_NEWNSID",
        RtnetlinkType.GetNamespaceId => "RTM_GETNSID",
        _ => null,
    };

    /// <summary>A type of nf_tables, the low byte of nlmsg_type; null if it is unknown here.</summary>
    public static string? OfTables(byte type) => type switch
    {
        NftMessageType.NewTable => "NFT_MSG_NEWTABLE",
        NftMessageType.GetTable => "NFT_MSG_GETTABLE",
        NftMessageType.DeleteTable => "NFT_MSG_DELTABLE",
        NftMessageType.NewChain => "NFT_MSG_NEWCHAIN",
        NftMessageType.GetChain => "NFT_MSG_GETCHAIN",
        NftMessageType.DeleteChain => "NFT_MSG_DELCHAIN",
        NftMessageType.NewRule => "NFT_MSG_NEWRULE",
        NftMessageType.GetRule => "NFT_MSG_GETRULE",
        NftMessageType.DeleteRule => "NFT_MSG_DELRULE",
        NftMessageType.NewSet => "NFT_MSG_NEWSET",
        NftMessageType.GetSet => "NFT_MSG_GETSET",
        NftMessageType.DeleteSet => "NFT_MSG_DELSET",
        NftMessageType.NewElement => "NFT_MSG_NEWSETELEM",
        NftMessageType.GetElement => "NFT_MSG_GETSETELEM",
        NftMessageType.DeleteElement => "NFT_MSG_DELSETELEM",
        NftMessageType.NewGeneration => "NFT_MSG_NEWGEN",
        NftMessageType.GetGeneration => "NFT_MSG_GETGEN",
        NftMessageType.NewObject => "NFT_MSG_NEWOBJ",
        NftMessageType.GetObject => "NFT_MSG_GETOBJ",
        NftMessageType.DeleteObject => "NFT_MSG_DELOBJ",
        _ => null,
    };

    /// <summary>A type of connection tracking, the low byte of nlmsg_type; null if it is unknown here.</summary>
    public static string? OfConntrack(byte type) => type switch
    {
        ConntrackMessageType.New => "IPCTNL_MSG_CT_NEW",
        ConntrackMessageType.Get => "IPCTNL_MSG_CT_GET",
        ConntrackMessageType.Delete => "IPCTNL_MSG_CT_DELETE",
        ConntrackMessageType.GetStatistics => "IPCTNL_MSG_CT_GET_STATS",
        _ => null,
    };
}
