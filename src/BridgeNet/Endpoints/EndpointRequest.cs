using System.Net;

using BridgeNet.Netlink;
using BridgeNet.State;

namespace BridgeNet;

/// <summary>What an endpoint is to be. Everything has a default.</summary>
public sealed record EndpointRequest
{
    /// <summary>The name by which people call it, of the form of a network's name; null for its id.</summary>
    public string? Name { get; init; }

    /// <summary>The interface's name in the container; null for the first free of eth0, eth1, ….</summary>
    public InterfaceName? InterfaceName { get; init; }

    /// <summary>Its IPv4 address; null for the next free one.</summary>
    public IPAddress? IPv4Address { get; init; }

    /// <summary>Its Ethernet address; null for 02:42 and the IPv4 address.</summary>
    public MacAddress? MacAddress { get; init; }

    /// <summary>Its ports that the host publishes.</summary>
    public IReadOnlyList<PortSpec> Publish { get; init; } = [];

    /// <summary>Whether the endpoint is to outlive its process from the first moment, as <see cref="EndpointLease.Keep"/> makes it later.</summary>
    public bool Keep { get; init; }

    /// <summary>Checks all of it.</summary>
    /// <exception cref="ConfigurationException">Something in it cannot be.</exception>
    internal void Validate()
    {
        if (Name is not null)
        {
            ObjectName.Check("endpoint", Name);
        }
        if (MacAddress is { IsUnicast: false } mac)
        {
            throw new ConfigurationException("MAC address", $"{mac} is not one that an interface may have: it is a group's, or all zero");
        }
    }
}
