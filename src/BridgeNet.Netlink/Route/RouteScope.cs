namespace BridgeNet.Netlink.Route;

/// <summary>How far an address or a route's next step reaches, as in include/uapi/linux/rtnetlink.h.</summary>
public enum RouteScope : byte
{
    /// <summary>RT_SCOPE_UNIVERSE: everywhere.</summary>
    Universe = 0,

    /// <summary>RT_SCOPE_SITE: inside this site.</summary>
    Site = 200,

    /// <summary>RT_SCOPE_LINK: on the link.</summary>
    Link = 253,

    /// <summary>RT_SCOPE_HOST: inside this host.</summary>
    Host = 254,

    /// <summary>RT_SCOPE_NOWHERE: there is no such destination.</summary>
    Nowhere = 255,
}
