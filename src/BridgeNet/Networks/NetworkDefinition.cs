using System.Net;

using BridgeNet.Addressing;
using BridgeNet.Netlink;
using BridgeNet.State;

namespace BridgeNet;

/// <summary>What a network is to be.</summary>
public sealed record NetworkDefinition
{
    /// <summary>Docker's default network: "bridge" on docker0, 172.17.0.0/16, gateway 172.17.0.1.</summary>
    public static NetworkDefinition Docker0 { get; } = new()
    {
        Name = "bridge",
        Device = InterfaceName.Parse("docker0"),
        Subnet = IPNetwork.Parse("172.17.0.0/16"),
        Mtu = 1500,
    };

    /// <summary>The name: 1 to 128 of letters, digits, '_', '.' and '-', beginning with a letter or digit.</summary>
    public required string Name { get; init; }

    /// <summary>The bridge's name.</summary>
    public required InterfaceName Device { get; init; }

    /// <summary>Whether a bridge of that name that BridgeNet did not make is to be used. It is then never deleted nor loses addresses of its own.</summary>
    public bool Adopt { get; init; }

    /// <summary>The IPv4 subnet whose addresses are handed out; a prefix of at most 30 bits, so that it holds a gateway and an endpoint.</summary>
    public required IPNetwork Subnet { get; init; }

    /// <summary>The bridge's address; null for the first of the subnet.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>The largest packet, in bytes, 68 to 65535; null leaves the kernel's choice, 1500.</summary>
    public int? Mtu { get; init; }

    /// <summary>The bridge's address with the subnet's prefix.</summary>
    internal InterfaceAddress GatewayAddress => new(Gateway ?? AddressPool.FirstOf(Subnet), Subnet.PrefixLength);

    /// <summary>Checks all of it.</summary>
    /// <exception cref="ConfigurationException">Something in it cannot be; the message names it.</exception>
    internal void Validate()
    {
        ObjectName.Check("network", Name);
        if (Device.IsEmpty)
        {
            throw new ConfigurationException("device", "a network needs the name of its bridge");
        }
        if (Subnet.BaseAddress.AddressFamily is not System.Net.Sockets.AddressFamily.InterNetwork || Subnet.PrefixLength is < 1 or > 30)
        {
            throw new ConfigurationException("subnet", $"{Subnet} is not an IPv4 network of 1 to 30 bits");
        }
        if (new AddressPool(Subnet, IPAddress.Any).Refusal(GatewayAddress.Address) is { } reason)
        {
            throw new ConfigurationException("gateway", $"{GatewayAddress.Address}: {reason}");
        }
        if (Mtu is < 68 or > ushort.MaxValue)
        {
            throw new ConfigurationException("mtu", $"{Mtu} is not in 68 to {ushort.MaxValue}");
        }
    }
}
