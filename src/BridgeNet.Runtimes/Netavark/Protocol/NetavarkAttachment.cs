using System.Net;
using System.Text.Json;

using BridgeNet.Netlink;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>A container's place on a network: an entry of <c>networks</c>, with the network that it names.</summary>
internal sealed record NetavarkAttachment
{
    /// <summary>The network.</summary>
    public required NetavarkNetwork Network { get; init; }

    /// <summary>The interface's name in the container.</summary>
    public required string Interface { get; init; }

    /// <summary>The interface's name on the host; null if the kernel chooses: option <c>host_interface_name</c>.</summary>
    public string? HostInterface { get; init; }

    /// <summary>The container's addresses, which Podman chose.</summary>
    public ValueList<IPAddress> Addresses { get; init; }

    /// <summary>The container's MAC address; null if the kernel draws it.</summary>
    public MacAddress? MacAddress { get; init; }

    /// <summary>The container's other names on the network.</summary>
    public ValueList<string> Aliases { get; init; }

    /// <summary>The network as it was described, for a plugin.</summary>
    public JsonElement NetworkAsGiven { get; init; }

    /// <summary>The container's place as it was described, for a plugin.</summary>
    public JsonElement AsGiven { get; init; }

    /// <summary>The addresses with the lengths and the gateways of their subnets; none on a network without subnets, as with netavark.</summary>
    /// <exception cref="NetavarkException">An address lies in no subnet of the network.</exception>
    public IReadOnlyList<(InterfaceAddress Address, NetavarkSubnet Subnet)> Placed =>
    [
        .. Addresses.Where(_ => Network.Subnets.Count > 0).Select(address =>
        {
            NetavarkSubnet subnet = Network.Subnets.FirstOrDefault(subnet => subnet.Subnet.Contains(address))
                ?? throw new NetavarkException($"static ip {address} is in no subnet of network {Network.Name}");
            return (new InterfaceAddress(address, subnet.Subnet.PrefixLength), subnet);
        }),
    ];
}
