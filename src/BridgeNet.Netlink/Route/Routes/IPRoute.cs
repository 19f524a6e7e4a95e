using System.Net;
using System.Net.Sockets;

namespace BridgeNet.Netlink.Route;

/// <summary>A route of IPv4 or IPv6 with one next step. Null is the kernel's choice.</summary>
/// <remarks>Of a route with several next steps the first is read.</remarks>
public sealed partial record IPRoute
{
    /// <summary>The main table's number, RT_TABLE_MAIN.</summary>
    public const uint MainTable = 254;

    /// <summary>The table of the host's own addresses, RT_TABLE_LOCAL.</summary>
    public const uint LocalTable = 255;

    /// <summary>A route, to be filled in by an initializer.</summary>
    public IPRoute()
    {
    }

    /// <summary>Every destination of IPv4, 0.0.0.0/0.</summary>
    public static IPNetwork AnyIPv4 { get; } = new(IPAddress.Any, 0);

    /// <summary>Every destination of IPv6, ::/0.</summary>
    public static IPNetwork AnyIPv6 { get; } = new(IPAddress.IPv6Any, 0);

    /// <summary>Where packets go that take it; <see cref="AnyIPv4"/> or <see cref="AnyIPv6"/> for the default route.</summary>
    public required IPNetwork Destination { get; init; }

    /// <summary>The next router; null if the destination is on the link.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>The index of the link that it leaves by; null to let the gateway decide.</summary>
    public int? OutputInterface { get; init; }

    /// <summary>The source address of connections that take it.</summary>
    public IPAddress? PreferredSource { get; init; }

    /// <summary>Its rank among routes to the same destination, the lowest first; by default 0 for IPv4, 1,024 for IPv6.</summary>
    public uint? Metric { get; init; }

    /// <summary>The table.</summary>
    public uint Table { get; init; } = MainTable;

    /// <summary>What it does with a packet.</summary>
    public RouteType Type { get; init; } = RouteType.Unicast;

    /// <summary>
    /// How far its next step reaches; null for the host if it is local, the link if there is no gateway, else
    /// everywhere, and for any in a deletion. IPv6 has none.
    /// </summary>
    public RouteScope? Scope { get; init; }

    /// <summary>Who made it; null for <see cref="RouteProtocol.Boot"/>, and for anyone in a deletion.</summary>
    public RouteProtocol? Protocol { get; init; }

    /// <summary>The largest packet that goes this way, in bytes; null for the link's.</summary>
    public int? Mtu { get; init; }

    /// <summary>The largest TCP segment announced to peers on this route (RTAX_ADVMSS), in bytes; null derives it from the MTU.</summary>
    public int? AdvertisedSegment { get; init; }

    /// <summary>Its flags; only <see cref="RouteFlags.OnLink"/> and <see cref="RouteFlags.Pervasive"/> are written.</summary>
    public RouteFlags Flags { get; init; }

    /// <summary>Whether it is the default route of its family.</summary>
    public bool IsDefault => Destination.PrefixLength == 0;

    /// <summary>The default route by a gateway, of the gateway's family.</summary>
    public static IPRoute Default(IPAddress gateway)
    {
        ArgumentNullException.ThrowIfNull(gateway);
        return new IPRoute
        {
            Destination = gateway.AddressFamily is AddressFamily.InterNetworkV6 ? AnyIPv6 : AnyIPv4,
            Gateway = gateway,
        };
    }
}
