namespace BridgeNet.Netlink.Route;

/// <summary>How a link makes its IPv6 link-local address, as in include/uapi/linux/if_link.h.</summary>
public enum Ipv6AddressGeneration : byte
{
    /// <summary>IN6_ADDR_GEN_MODE_EUI64: from the MAC address.</summary>
    Eui64 = 0,

    /// <summary>IN6_ADDR_GEN_MODE_NONE: not at all.</summary>
    None = 1,

    /// <summary>IN6_ADDR_GEN_MODE_STABLE_PRIVACY: from a secret of the namespace, RFC 7217; EINVAL while there is none.</summary>
    StablePrivacy = 2,

    /// <summary>IN6_ADDR_GEN_MODE_RANDOM: as stable privacy, with a secret made for the link.</summary>
    Random = 3,
}
