namespace BridgeNet.Firewall;

/// <summary>The driver's two tables as they should be. Their rules are built when they are first needed.</summary>
internal static class DriverTables
{
    /// <summary>inet bridgenet: ports, networks and the traffic between them.</summary>
    public static TableLayout Inet { get; } = new(FirewallLayout.Table, FirewallLayout.Sets, FirewallLayout.Chains, FirewallRules.All);

    /// <summary>bridge bridgenet: the source addresses that each bridge port may use.</summary>
    public static TableLayout Bridge { get; } = new(SpoofGuard.Table, SpoofGuard.Sets, SpoofGuard.Chains, SpoofGuard.Rules);
}
