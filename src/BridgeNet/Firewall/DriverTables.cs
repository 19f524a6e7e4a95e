namespace BridgeNet.Firewall;

/// <summary>The driver's two tables as they are to be. Their rules are drawn up when they are first asked for.</summary>
internal static class DriverTables
{
    /// <summary>inet bridgenet: ports, networks and what may pass between them.</summary>
    public static TableLayout Inet { get; } = new(FirewallLayout.Table, FirewallLayout.Sets, FirewallLayout.Chains, FirewallRules.All);

    /// <summary>bridge bridgenet: who may send as whom.</summary>
    public static TableLayout Bridge { get; } = new(SpoofGuard.Table, SpoofGuard.Sets, SpoofGuard.Chains, SpoofGuard.Rules);
}
