namespace BridgeNet.Netlink.Route;

/// <summary>Who made a route, as in include/uapi/linux/rtnetlink.h; any other number is a program's own.</summary>
public enum RouteProtocol : byte
{
    /// <summary>RTPROT_UNSPEC: any, in a deletion.</summary>
    Unspecified = 0,

    /// <summary>RTPROT_REDIRECT: an ICMP redirect.</summary>
    Redirect = 1,

    /// <summary>RTPROT_KERNEL: the kernel, with an address.</summary>
    Kernel = 2,

    /// <summary>RTPROT_BOOT: a command, as <c>ip route add</c> marks its own.</summary>
    Boot = 3,

    /// <summary>RTPROT_STATIC: an administrator.</summary>
    Static = 4,

    /// <summary>RTPROT_RA: a router advertisement.</summary>
    RouterAdvertisement = 9,

    /// <summary>RTPROT_DHCP: a DHCP client.</summary>
    Dhcp = 16,
}
