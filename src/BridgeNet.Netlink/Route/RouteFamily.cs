using System.Net;
using System.Net.Sockets;

namespace BridgeNet.Netlink.Route;

/// <summary>The address families of rtnetlink's headers, as in include/linux/socket.h; .NET numbers some of them otherwise.</summary>
internal static class RouteFamily
{
    /// <summary>AF_UNSPEC: all of them.</summary>
    public const byte Unspecified = 0;

    /// <summary>AF_INET: IPv4.</summary>
    public const byte IPv4 = 2;

    /// <summary>AF_BRIDGE: a bridge's ports and forwarding entries.</summary>
    public const byte Bridge = 7;

    /// <summary>AF_INET6: IPv6.</summary>
    public const byte IPv6 = 10;

    /// <summary>The family of an address.</summary>
    public static byte Of(IPAddress address) => Of(address.AddressFamily);

    /// <summary>The kernel's number for a family of .NET's.</summary>
    /// <exception cref="ArgumentException">Neither IPv4 nor IPv6.</exception>
    public static byte Of(AddressFamily family) => family switch
    {
        AddressFamily.InterNetwork => IPv4,
        AddressFamily.InterNetworkV6 => IPv6,
        AddressFamily.Unspecified => Unspecified,
        _ => throw new ArgumentException($"{family} is neither IPv4 nor IPv6", nameof(family)),
    };

    /// <summary>Whether it is IPv4 or IPv6.</summary>
    public static bool IsIP(byte family) => family is IPv4 or IPv6;

    /// <summary>How many bits an address of the family has.</summary>
    public static int Bits(byte family) => family is IPv4 ? 32 : 128;
}
