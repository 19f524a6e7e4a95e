using System.Net;
using System.Net.Sockets;

using BridgeNet.Host;
using BridgeNet.Namespaces;
using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;
using BridgeNet.State;

namespace BridgeNet.Networks;

/// <summary>A network's bridge in the kernel: the device, its address, its settings.</summary>
/// <remarks>A bridge that BridgeNet made carries the alias "bridgenet NETWORK-ID", by which it is known also when the state is lost.</remarks>
internal static class BridgeDevice
{
    /// <summary>Checks that the network's bridge and subnet can be had, before anything is changed.</summary>
    /// <returns>The bridge that is there; null if none is.</returns>
    /// <exception cref="NetworkConflictException">What is there is not ours, no bridge, or has a route for the subnet.</exception>
    public static Link? Inspect(RouteSocket route, NetworkDefinition network, string? id)
    {
        Link? link = route.TryGetLink(LinkSelector.ByName(network.Device));
        bool ours = link is not null && id is not null && string.Equals(link.Alias, AliasOf(id), StringComparison.Ordinal);
        if (link is not null && !ours && !network.Adopt)
        {
            throw new NetworkConflictException(
                network.Name,
                $"{network.Device} is there and was not made by it: name another device (--bridge-name), or say that this one is to be used (--adopt)");
        }
        if (link is { Kind: not BridgeKind })
        {
            throw new NetworkConflictException(network.Name, $"{network.Device} is not a bridge: name another device (--bridge-name)");
        }
        CheckRoutes(route, network, link?.Index);
        return link;
    }

    /// <summary>Makes what is missing of the bridge; what is right already is left alone.</summary>
    public static void Ensure(HostLane lane, NetworkDefinition network, NetworkRecord record, Link? existing)
    {
        RouteSocket route = lane.Route;
        if (existing is null)
        {
            Create(route, network, record);
        }
        int index = (existing ?? route.GetLink(LinkSelector.ByName(network.Device))).Index;
        route.Batch()
            .ReplaceAddress(new LinkAddress
            {
                LinkIndex = index,
                Address = network.GatewayAddress,
                Broadcast = network.GatewayAddress.BroadcastAddress,
            })
            .ChangeLink(LinkSelector.ByIndex(index), new LinkChange { IsUp = true })
            .Execute();
    }

    /// <summary>Kernel settings: forwarding, and localhost's way to the containers. To be called inside the host's namespace.</summary>
    public static void ApplySettings(InterfaceName device)
    {
        Sysctl.Write("ipv4/ip_forward", "1");
        Sysctl.Write(RouteLocalnet(device), "1");
    }

    /// <summary>Whether programs of the host reach beyond the bridge from 127.0.0.1. To be called inside the host's namespace.</summary>
    public static bool KnowsLocalhost(InterfaceName device) => Sysctl.Read(RouteLocalnet(device)) is "1";

    /// <summary>Puts the settings of an adopted bridge back; forwarding stays, for others may have come to rely on it. To be called inside the host's namespace.</summary>
    public static void RestoreSettings(NetworkRecord record)
    {
        InterfaceName device = InterfaceName.Parse(record.Device);
        if (record is { Adopted: true, AdoptedRouteLocalnet: false } && KnowsLocalhost(device))
        {
            Sysctl.Write(RouteLocalnet(device), "0");
        }
    }

    /// <summary>Takes the bridge down, or gives an adopted one back as it was. One that somebody put in the place of ours is left alone.</summary>
    public static void Remove(RouteSocket route, NetworkRecord record)
    {
        if (route.TryGetLink(LinkSelector.ByName(InterfaceName.Parse(record.Device))) is not { } link)
        {
            return;
        }
        if (record.Adopted)
        {
            GiveBack(route, record, link);
        }
        else if (IsOurs(link, record))
        {
            _ = route.DeleteLink(LinkSelector.ByIndex(link.Index));
        }
    }

    private static void GiveBack(RouteSocket route, NetworkRecord record, Link link)
    {
        if (!record.AdoptedAddress)
        {
            try
            {
                route.Batch().DeleteAddress(new LinkAddress { LinkIndex = link.Index, Address = InterfaceAddress.Parse(record.Gateway) }).Execute();
            }
            catch (NetlinkException error) when (error.Errno is Errno.EADDRNOTAVAIL)
            {
                // somebody took the address away before: it is as wanted
            }
        }
        if (!record.AdoptedUp)
        {
            route.Batch().ChangeLink(LinkSelector.ByIndex(link.Index), new LinkChange { IsUp = false }).Execute();
        }
    }

    /// <summary>Whether the bridge has the network's address already.</summary>
    public static bool HasGateway(RouteSocket route, Link bridge, NetworkDefinition network) =>
        route.ListAddresses(bridge.Index).Any(address => address.Address == network.GatewayAddress);

    private static string AliasOf(string id) => $"bridgenet {id}";

    private static string RouteLocalnet(InterfaceName device) => $"ipv4/conf/{device}/route_localnet";

    /// <summary>By its alias; or, if its maker died between making it and naming it, by the address with which it was made.</summary>
    private static bool IsOurs(Link link, NetworkRecord record) =>
        link.Alias is { } alias
            ? string.Equals(alias, AliasOf(record.Id), StringComparison.Ordinal)
            : link is { Kind: BridgeKind } && link.MacAddress == MacAddress.FromIPv4(InterfaceAddress.Parse(record.Gateway).Address);

    /// <summary>
    /// Its address is fixed, because a bridge without one takes the lowest of its ports' and so changes it as containers come and go.
    /// The alias goes by itself, because in one send it would name also what somebody else made in this moment.
    /// </summary>
    private static void Create(RouteSocket route, NetworkDefinition network, NetworkRecord record)
    {
        route.Batch().CreateLink(new Link
        {
            Name = network.Device,
            Kind = new BridgeKind(),
            MacAddress = MacAddress.FromIPv4(network.GatewayAddress.Address),
            Mtu = network.Mtu,
        }).Execute();
        LinkChange naming = new() { Alias = AliasOf(record.Id), Ipv6AddressGeneration = Ipv6AddressGeneration.None };
        route.Batch().ChangeLink(LinkSelector.ByName(network.Device), naming).Execute();
    }

    private static void CheckRoutes(RouteSocket route, NetworkDefinition network, int? bridge)
    {
        foreach (IPRoute other in route.ListRoutes(AddressFamily.InterNetwork))
        {
            IPNetwork destination = other.Destination;
            if (!other.IsDefault
                && (bridge is null || other.OutputInterface != bridge)
                && (destination.Contains(network.Subnet.BaseAddress) || network.Subnet.Contains(destination.BaseAddress)))
            {
                throw new NetworkConflictException(
                    network.Name,
                    $"the host has a route to {destination}, which overlaps {network.Subnet}: choose another subnet (--subnet)");
            }
        }
    }
}
