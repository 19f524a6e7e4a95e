using BridgeNet.Netlink;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>What the plugin firewall should let through.</summary>
internal sealed record ForwardRequest
{
    /// <summary>The container's addresses.</summary>
    public required ValueList<InterfaceAddress> Containers { get; init; }

    /// <summary>The iptables chain for the administrator's rules.</summary>
    public string AdminChain { get; init; } = "CNI-ADMIN";

    /// <summary>Which other containers may reach the container.</summary>
    public IngressPolicy Policy { get; init; }

    /// <summary>The bridge of the policy; empty if there is no policy.</summary>
    public InterfaceName Bridge { get; init; }
}
