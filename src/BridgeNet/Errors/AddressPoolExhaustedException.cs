using System.Net;

namespace BridgeNet;

/// <summary>Every address of a network is taken.</summary>
public sealed class AddressPoolExhaustedException : BridgeNetException
{
    /// <summary>Names the network and its subnet.</summary>
    public AddressPoolExhaustedException(string network, IPNetwork subnet)
        : base($"network {network}: all addresses of {subnet} are taken: detach an endpoint, or make a network with a larger subnet")
    {
        Network = network;
        Subnet = subnet;
    }

    /// <summary>The network's name.</summary>
    public string Network { get; }

    /// <summary>Its subnet.</summary>
    public IPNetwork Subnet { get; }
}
