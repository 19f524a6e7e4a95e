using BridgeNet.State;

namespace BridgeNet.Firewall;

/// <summary>What the tables are to hold, and what may be in them for a while.</summary>
/// <param name="Made">What is made: it is to be there.</param>
/// <param name="Making">What somebody is making: it may be there by now, and is soon.</param>
/// <param name="Ending">What somebody is taking down: it may be there still.</param>
/// <param name="Damages">What is wrong with records that cannot be read, a line each.</param>
internal sealed record FirewallMemory(FirewallState Made, FirewallState Making, FirewallState Ending, IReadOnlyList<string> Damages)
{
    /// <summary>What records say.</summary>
    public static FirewallMemory Of(RecordedState records) => new(
        FirewallState.Of(records, RecordPhase.Done),
        FirewallState.Of(records, RecordPhase.Intent),
        FirewallState.Of(records, RecordPhase.Removing),
        records.Damages);

    /// <summary>Whether there are records that cannot be read: what nobody seems to own may be theirs.</summary>
    public bool HasGaps => Damages.Count > 0;

    /// <summary>What the two tables are to hold.</summary>
    /// <param name="inet">The table of <see cref="FirewallLayout"/> as it is; null if it is not there.</param>
    /// <param name="bridge">The table of <see cref="SpoofGuard"/> as it is; null if it is not there.</param>
    public (TableExpectation Inet, TableExpectation Bridge) Expect(TableContent? inet, TableContent? bridge)
    {
        IEnumerable<TableElement> passing = Making.AllElements().Concat(Ending.AllElements());
        TableExpectation ofInet = new(FirewallLayout.Table, inet, passing, HasGaps), ofBridge = new(SpoofGuard.Table, bridge, passing, HasGaps);
        foreach (TableElement element in Made.AllElements())
        {
            _ = ofInet.TryWant(element) || ofBridge.TryWant(element);
        }
        return (ofInet, ofBridge);
    }
}
