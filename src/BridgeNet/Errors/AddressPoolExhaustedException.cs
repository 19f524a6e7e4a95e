using System.Net;

namespace BridgeNet;

/// <summary>Every address of a network is taken.</summary>
public sealed class AddressPoolExhaustedException : BridgeNetException
{
    /// <summary>Names the network and those of its subnets that have no free address.</summary>
    public AddressPoolExhaustedException(string network, IReadOnlyList<IPNetwork> subnets)
        : base(
            $"network {network}: all addresses of {string.Join(" and ", subnets)} are taken: "
            + "detach an endpoint, or make a network with a larger subnet")
    {
        Network = network;
        Subnets = subnets;
    }

    /// <summary>The network's name.</summary>
    public string Network { get; }

    /// <summary>Its subnets, all of one family.</summary>
    public IReadOnlyList<IPNetwork> Subnets { get; }
}
