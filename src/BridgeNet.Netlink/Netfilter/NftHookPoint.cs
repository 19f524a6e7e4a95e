namespace BridgeNet.Netlink.Netfilter;

/// <summary>Where packets enter a base chain. The numbers are those of IPv4, IPv6 and inet; other families have their own on the wire.</summary>
public enum NftHookPoint : uint
{
    /// <summary>NF_INET_PRE_ROUTING: before they are routed.</summary>
    Prerouting = 0,

    /// <summary>NF_INET_LOCAL_IN: those for this host.</summary>
    Input = 1,

    /// <summary>NF_INET_FORWARD: those passed on.</summary>
    Forward = 2,

    /// <summary>NF_INET_LOCAL_OUT: those of this host.</summary>
    Output = 3,

    /// <summary>NF_INET_POST_ROUTING: before they leave.</summary>
    Postrouting = 4,

    /// <summary>NF_INET_INGRESS: as they come in by a device.</summary>
    Ingress = 5,

    /// <summary>Netdev only: as they leave by a device (NF_NETDEV_EGRESS, Linux 5.16).</summary>
    Egress = 6,
}
