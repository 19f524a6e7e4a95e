namespace BridgeNet.Netlink.Netfilter;

/// <summary>How addresses and ports are chosen.</summary>
[Flags]
public enum NatFlags : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>NF_NAT_RANGE_PROTO_RANDOM: ports by chance.</summary>
    Random = 0x4,

    /// <summary>NF_NAT_RANGE_PERSISTENT: the same address for the same client.</summary>
    Persistent = 0x8,

    /// <summary>NF_NAT_RANGE_PROTO_RANDOM_FULLY: ports by chance, unpredictably.</summary>
    FullyRandom = 0x10,

    /// <summary>NF_NAT_RANGE_NETMAP: one subnet onto another.</summary>
    NetMap = 0x40,
}
