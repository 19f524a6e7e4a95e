using BridgeNet.Netlink;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>What the plugin firewall is to let through.</summary>
internal sealed record ForwardRequest
{
    /// <summary>The container's addresses.</summary>
    public required ValueList<InterfaceAddress> Containers { get; init; }

    /// <summary>The chain of iptables that administrators fill.</summary>
    public string AdminChain { get; init; } = "CNI-ADMIN";

    /// <summary>Who may speak to the container.</summary>
    public IngressPolicy Policy { get; init; }

    /// <summary>The bridge that the policy is of; empty if there is no policy.</summary>
    public InterfaceName Bridge { get; init; }
}
