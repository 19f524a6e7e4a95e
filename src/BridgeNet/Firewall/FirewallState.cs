using BridgeNet.Netlink;

namespace BridgeNet.Firewall;

/// <summary>All that the table is to hold beside its constant rules.</summary>
internal sealed record FirewallState
{
    /// <summary>The networks.</summary>
    public required ValueList<ProtectedNetwork> Networks { get; init; }

    /// <summary>The published ports.</summary>
    public required ValueList<Publication> Publications { get; init; }
}
