namespace BridgeNet.Integration.Tests.Docker.Comparison;

/// <summary>All that is compared.</summary>
internal static class Behaviours
{
    /// <summary>They only look, or they touch only what they make themselves: several may be observed at once.</summary>
    public static IReadOnlyList<Behaviour> Beside { get; } =
        [.. Reachability.All, .. NetworkOptions.All, .. Inspection.All, .. Refusals.All, .. Names.All];

    /// <summary>They stop and start things: one after the other, when the others are done.</summary>
    public static IReadOnlyList<Behaviour> InTurn { get; } = Restarts.All;

    public static IEnumerable<Behaviour> All => [.. Beside, .. InTurn];
}
