using BridgeNet.Netlink;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>The ports of a container that the host publishes, and how.</summary>
internal sealed record PortMapRequest
{
    /// <summary>The ports.</summary>
    public required ValueList<PortMapping> Mappings { get; init; }

    /// <summary>The container's addresses; of each family the first counts.</summary>
    public required ValueList<InterfaceAddress> Containers { get; init; }

    /// <summary>Whether clients on the host and the container itself are masqueraded, without which they get no answer.</summary>
    public bool Snat { get; init; } = true;

    /// <summary>Whether all clients are.</summary>
    public bool MasqueradeAll { get; init; }

    /// <summary>The bit of packets' mark that says so in the reference's layout, 0 to 31.</summary>
    public int MarkBit { get; init; } = 13;

    /// <summary>Somebody else's chain that marks packets for masquerading; null for ours.</summary>
    public string? ExternalMarkChain { get; init; }

    /// <summary>Further conditions on IPv4 packets, as words of iptables.</summary>
    public ValueList<string> Conditions4 { get; init; }

    /// <summary>Further conditions on IPv6 packets, as words of iptables.</summary>
    public ValueList<string> Conditions6 { get; init; }

    /// <summary>The container's address of a family; null for none.</summary>
    public InterfaceAddress? ContainerOf(bool isIPv6) => Containers.FirstOrDefault(address => address.IsIPv6 == isIPv6);
}
