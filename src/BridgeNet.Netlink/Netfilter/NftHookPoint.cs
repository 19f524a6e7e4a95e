namespace BridgeNet.Netlink.Netfilter;

/// <summary>Where packets enter a base chain. The numbers are NF_INET_… of IPv4, IPv6 and inet; other families have their own on the wire.</summary>
public enum NftHookPoint : uint
{
    /// <summary>Before they are routed.</summary>
    Prerouting = 0,

    /// <summary>Those for this host.</summary>
    Input = 1,

    /// <summary>Those passed on.</summary>
    Forward = 2,

    /// <summary>Those of this host.</summary>
    Output = 3,

    /// <summary>Before they leave.</summary>
    Postrouting = 4,

    /// <summary>As they come in by a device (Linux 5.10 for inet).</summary>
    Ingress = 5,

    /// <summary>As they leave by a device, in the family netdev (Linux 5.16).</summary>
    Egress = 6,
}
