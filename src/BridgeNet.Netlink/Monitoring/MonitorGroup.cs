namespace BridgeNet.Netlink.Monitoring;

/// <summary>The multicast groups that a monitor listens to.</summary>
internal static class MonitorGroup
{
    /// <summary>RTNLGRP_LINK: links.</summary>
    public const int Link = 1;

    /// <summary>RTNLGRP_IPV4_IFADDR: IPv4 addresses.</summary>
    public const int IPv4Address = 5;

    /// <summary>RTNLGRP_IPV6_IFADDR: IPv6 addresses.</summary>
    public const int IPv6Address = 9;

    /// <summary>RTNLGRP_IPV4_ROUTE: IPv4 routes.</summary>
    public const int IPv4Route = 7;

    /// <summary>RTNLGRP_IPV6_ROUTE: IPv6 routes.</summary>
    public const int IPv6Route = 11;

    /// <summary>RTNLGRP_IPV4_NETCONF: settings of IPv4.</summary>
    public const int IPv4Settings = 24;

    /// <summary>RTNLGRP_IPV6_NETCONF: settings of IPv6.</summary>
    public const int IPv6Settings = 25;

    /// <summary>NFNLGRP_NFTABLES: nf_tables.</summary>
    public const int Tables = 7;
}
