using BridgeNet.Netlink;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>The ports of a container to publish, and how.</summary>
internal sealed record PortMapRequest
{
    /// <summary>The ports.</summary>
    public required ValueList<PortMapping> Mappings { get; init; }

    /// <summary>The container's addresses; the first of each family counts.</summary>
    public required ValueList<InterfaceAddress> Containers { get; init; }

    /// <summary>Whether to masquerade clients on the host and the container itself, which get no answer otherwise.</summary>
    public bool Snat { get; init; } = true;

    /// <summary>Whether to masquerade all clients.</summary>
    public bool MasqueradeAll { get; init; }

    /// <summary>The bit of the packet mark for masquerading in the reference's layout, 0 to 31.</summary>
    public int MarkBit { get; init; } = 13;

    /// <summary>A foreign chain that marks packets for masquerading; null for ours.</summary>
    public string? ExternalMarkChain { get; init; }

    /// <summary>Further conditions for IPv4 packets, as words of iptables.</summary>
    public ValueList<string> Conditions4 { get; init; }

    /// <summary>Further conditions for IPv6 packets, as words of iptables.</summary>
    public ValueList<string> Conditions6 { get; init; }

    /// <summary>The container's address of a family; null if it has none.</summary>
    public InterfaceAddress? ContainerOf(bool isIPv6) => Containers.FirstOrDefault(address => address.IsIPv6 == isIPv6);
}
