using System.Net;
using System.Net.Sockets;

using BridgeNet.Native;
using BridgeNet.Netlink;

namespace BridgeNet.State;

/// <summary>An endpoint as an attach decided it, from the request and the network. Its record on disk has the same members.</summary>
/// <remarks>Code copies it (<c>with</c>) and never changes it; only <see cref="EndpointFields"/> sets members while it reads a record.</remarks>
internal sealed record EndpointState : IRecord
{
    /// <inheritdoc/>
    public int Schema { get; set; } = RecordSchema.Current;

    /// <summary>Twelve hexadecimal digits, which are the file's name too.</summary>
    public required string Id { get; set; }

    /// <summary>Its name for people.</summary>
    public required string Name { get; set; }

    /// <summary>Further names by which containers of the network find it.</summary>
    public ValueList<string> Aliases { get; set; }

    /// <summary>Where it asks for names: gateways of the network; empty for a network without DNS.</summary>
    public ValueList<IPAddress> NameServers { get; set; }

    /// <summary>The network's name.</summary>
    public required string Network { get; set; }

    /// <summary>The process that ends it (by its lock under owners/); null if it was kept.</summary>
    public string? Owner { get; set; }

    /// <summary>A path of the container's network namespace; empty for a prepared endpoint, whose interface a runtime moves there.</summary>
    public required string SandboxPath { get; set; }

    /// <summary>Whether a runtime moves the interface into the container, and sets it up there.</summary>
    public bool IsPrepared => SandboxPath.Length == 0;

    /// <summary>The namespace's device and inode, which identify it whatever its path.</summary>
    public required FileIdentity SandboxIdentity { get; set; }

    /// <summary>
    /// A number of the namespace that no other has until the next boot: the inode's is used again. Null from a kernel before 5.14, and in records of
    /// older versions.
    /// </summary>
    public long? SandboxCookie { get; set; }

    /// <summary>The interface in the container.</summary>
    public required InterfaceName InterfaceName { get; set; }

    /// <summary>Its other end, on the bridge.</summary>
    public required InterfaceName HostInterface { get; set; }

    /// <summary>The MAC address of the container's end.</summary>
    public required MacAddress MacAddress { get; set; }

    /// <summary>The network's addresses for it, at most one for each family.</summary>
    public required ValueList<InterfaceAddress> Addresses { get; set; }

    /// <summary>The default routes' next hops, at most one for each family.</summary>
    public required ValueList<IPAddress> Gateways { get; set; }

    /// <summary>Further addresses that are not of the network, as 169.254.3.4/16.</summary>
    public ValueList<InterfaceAddress> LinkLocalAddresses { get; set; }

    /// <summary>Routes besides the default routes.</summary>
    public ValueList<StaticRoute> Routes { get; set; }

    /// <summary>Settings of the interface, with IFNAME for its name.</summary>
    public ValueList<KeyValuePair<string, string>> Sysctls { get; set; }

    /// <summary>Decides which network has the default route: the highest priority; 0 is usual.</summary>
    public int GatewayPriority { get; set; }

    /// <summary>Whether the rules stop it from sending with other source addresses.</summary>
    public bool AntiSpoofing { get; set; } = true;

    /// <summary>Its bandwidth limits; null for none.</summary>
    public Bandwidth? Bandwidth { get; set; }

    /// <summary>Its published ports.</summary>
    public required ValueList<PublishedPort> Ports { get; set; }

    /// <summary>Whether a change of the ports began and did not end: then some of them may have no owner, or another one by now.</summary>
    public bool PortsInDoubt { get; set; }

    /// <summary>
    /// With <see cref="PortsInDoubt"/>: the ports that the change is about, those that come and those that go. They belong to whoever has the
    /// endpoint's lock, and nobody else restores or removes them. Empty in records of older versions.
    /// </summary>
    public ValueList<PublishedPort> ChangingPorts { get; set; }

    /// <summary>Its published ports without those that are changing.</summary>
    public ValueList<PublishedPort> CertainPorts => ChangingPorts.Count == 0 ? Ports : ValueList.From(Ports.Except(ChangingPorts));

    /// <summary>All ports of which something may be in the kernel.</summary>
    public ValueList<PublishedPort> PossiblePorts => ChangingPorts.Count == 0 ? Ports : ValueList.From(Ports.Union(ChangingPorts));

    /// <summary>The network's addresses for it, without their prefixes.</summary>
    public IEnumerable<IPAddress> OwnAddresses => Addresses.Select(static address => address.Address);

    /// <summary>All addresses of its interface, those of the network first.</summary>
    public IEnumerable<InterfaceAddress> InterfaceAddresses => LinkLocalAddresses.Count == 0 ? Addresses : Addresses.Concat(LinkLocalAddresses);

    /// <summary>The network's address for it in a family; null if it has none.</summary>
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
