using System.Net;
using System.Net.Sockets;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Firewall;

/// <summary>Networks and published ports as elements of the table's sets and maps.</summary>
internal static class FirewallElements
{
    /// <summary>A network in the set of bridges.</summary>
    public static NftElement Bridge(ProtectedNetwork network) => new() { Key = new NftKey().Interface(network.Device).ToValue() };

    /// <summary>A network in the set of ways from a bridge to itself.</summary>
    public static NftElement Member(ProtectedNetwork network) =>
        new() { Key = new NftKey().Interface(network.Device).Interface(network.Device).ToValue() };

    /// <summary>A network in the set of bridges with their subnets.</summary>
    /// <exception cref="ArgumentException">The subnet has more than 30 bits.</exception>
    public static NftElement Home(ProtectedNetwork network)
    {
        NftKey bridge = new NftKey().Interface(network.Device);
        IPAddress first = network.Subnet.BaseAddress;
        IPAddress last = new InterfaceAddress(first, network.Subnet.PrefixLength).BroadcastAddress
            ?? throw new ArgumentException($"{network.Subnet} has no broadcast address", nameof(network));
        return new NftElement { Key = bridge.Address(first).ToValue(), KeyEnd = bridge.Address(last).ToValue() };
    }

    /// <summary>A network in the set of subnets: where it begins and where it ends.</summary>
    public static ValueList<NftElement> Subnet(ProtectedNetwork network) => NftElement.Subnet(network.Subnet);

    /// <summary>A published port in its map, with its owner as a comment that `nft list` shows.</summary>
    public static NftElement Port(Publication publication) => new()
    {
        Key = Key(publication.Port),
        Data = new NftKey().Address(publication.Container).Port((ushort)publication.Port.ContainerPort).ToValue(),
        Comment = publication.Owner,
    };

    /// <summary>A published port's key in its map.</summary>
    public static NftValue Key(PublishedPort port)
    {
        NftKey key = port.HostAddress is { } address ? new NftKey().Address(address) : new NftKey();
        return key.Protocol((ProtocolType)port.Protocol).Port((ushort)port.HostPort).ToValue();
    }

    /// <summary>The map that a published port stands in.</summary>
    public static string MapOf(PublishedPort port) => port.HostAddress is null ? FirewallLayout.PublishAny : FirewallLayout.Publish;
}
