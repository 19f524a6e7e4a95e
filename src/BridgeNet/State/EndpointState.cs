using System.Net;
using System.Net.Sockets;

using BridgeNet.Native;
using BridgeNet.Netlink;

namespace BridgeNet.State;

/// <summary>An endpoint as it is to be: all that an attach decided, from the request and for it. It is what the record on disk says.</summary>
/// <remarks>It is not changed but copied (<c>with</c>); only <see cref="EndpointFields"/> sets members, of one that it is reading.</remarks>
internal sealed record EndpointState : IRecord
{
    /// <inheritdoc/>
    public int Schema { get; set; } = RecordSchema.Current;

    /// <summary>Twelve hexadecimal digits, which are the file's name too.</summary>
    public required string Id { get; set; }

    /// <summary>The name by which people call it.</summary>
    public required string Name { get; set; }

    /// <summary>The network's name.</summary>
    public required string Network { get; set; }

    /// <summary>The process (its lock under owners/) with which it ends; null if it was kept.</summary>
    public string? Owner { get; set; }

    /// <summary>A path of the container's network namespace.</summary>
    public required string SandboxPath { get; set; }

    /// <summary>The namespace's device and inode, by which it is known whatever its path.</summary>
    public required FileIdentity SandboxIdentity { get; set; }

    /// <summary>The interface in the container.</summary>
    public required InterfaceName InterfaceName { get; set; }

    /// <summary>Its other end, on the bridge.</summary>
    public required InterfaceName HostInterface { get; set; }

    /// <summary>The container end's Ethernet address.</summary>
    public required MacAddress MacAddress { get; set; }

    /// <summary>The addresses that the network gave it, at most one a family.</summary>
    public required ValueList<InterfaceAddress> Addresses { get; set; }

    /// <summary>The default routes' next hops, at most one a family.</summary>
    public required ValueList<IPAddress> Gateways { get; set; }

    /// <summary>Further addresses, which are not of the network, as 169.254.3.4/16.</summary>
    public ValueList<InterfaceAddress> LinkLocalAddresses { get; set; }

    /// <summary>Routes beside the default ones.</summary>
    public ValueList<StaticRoute> Routes { get; set; }

    /// <summary>Settings of the interface, with IFNAME for its name.</summary>
    public ValueList<KeyValuePair<string, string>> Sysctls { get; set; }

    /// <summary>Which network's default route is taken: the highest; 0 is the usual.</summary>
    public int GatewayPriority { get; set; }

    /// <summary>Whether it is kept from sending as anybody else.</summary>
    public bool AntiSpoofing { get; set; } = true;

    /// <summary>How fast it may send and receive; null for as fast as it can.</summary>
    public Bandwidth? Bandwidth { get; set; }

    /// <summary>What is published.</summary>
    public required ValueList<PublishedPort> Ports { get; set; }

    /// <summary>Whether a change of the ports was begun and not yet ended: then some of them may be nobody's, or somebody else's by now.</summary>
    public bool PortsInDoubt { get; set; }

    /// <summary>The addresses that the network gave it, without their prefixes.</summary>
    public IEnumerable<IPAddress> OwnAddresses => Addresses.Select(static address => address.Address);

    /// <summary>All addresses of its interface, those of the network first.</summary>
    public IEnumerable<InterfaceAddress> InterfaceAddresses => LinkLocalAddresses.Count == 0 ? Addresses : Addresses.Concat(LinkLocalAddresses);

    /// <summary>The address of a family that the network gave it; null if it has none.</summary>
    public InterfaceAddress? AddressOf(AddressFamily family)
    {
        foreach (InterfaceAddress address in Addresses.AsSpan())
        {
            if (address.Address.AddressFamily == family)
            {
                return address;
            }
        }
        return null;
    }

    /// <summary>The next hop of a family's default route; null if it has none.</summary>
    public IPAddress? GatewayOf(AddressFamily family)
    {
        foreach (IPAddress gateway in Gateways.AsSpan())
        {
            if (gateway.AddressFamily == family)
            {
                return gateway;
            }
        }
        return null;
    }
}
