using System.Net.Sockets;

namespace BridgeNet.Runtimes.Docker;

/// <summary>A subnet of a network.</summary>
public sealed record DockerSubnet
{
    /// <summary>As 172.17.0.0/16.</summary>
    public required string Subnet { get; init; }

    /// <summary>The part of it from which addresses are chosen; null for all of it.</summary>
    public string? IPRange { get; init; }

    /// <summary>The bridge's address in it; null if it has none.</summary>
    public string? Gateway { get; init; }

    /// <summary>Addresses that others have, by names; null for none. That of the containers' next hop has a name of Docker's.</summary>
    public IReadOnlyDictionary<string, string>? AuxiliaryAddresses { get; init; }

    /// <summary>A subnet in Docker's words.</summary>
    internal static DockerSubnet From(SubnetDefinition subnet)
    {
        SortedDictionary<string, string> auxiliary = new(StringComparer.Ordinal);
        foreach ((string name, System.Net.IPAddress address) in subnet.Auxiliary)
        {
            auxiliary[name] = address.ToString();
        }
        if (subnet.NextHop is { } hop)
        {
            auxiliary[hop.AddressFamily is AddressFamily.InterNetwork ? DockerSubnets.IPv4NextHop : DockerSubnets.IPv6NextHop] = hop.ToString();
        }
        return new DockerSubnet
        {
            Subnet = subnet.Subnet.ToString(),
            IPRange = subnet.Range?.ToString(),
            Gateway = subnet.Gateway?.ToString(),
            AuxiliaryAddresses = auxiliary.Count > 0 ? auxiliary : null,
        };
    }
}
