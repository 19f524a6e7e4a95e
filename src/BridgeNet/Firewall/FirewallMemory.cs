using BridgeNet.State;

namespace BridgeNet.Firewall;

/// <summary>What the tables should hold, and what they may hold for a while.</summary>
/// <param name="Made">Committed: it must be there.</param>
/// <param name="Making">Being made: it may be there already.</param>
/// <param name="Ending">Being taken down, or a port that is changing: it may be there.</param>
/// <param name="Damages">Errors of unreadable records, a line each.</param>
internal sealed record FirewallMemory(FirewallState Made, FirewallState Making, FirewallState Ending, IReadOnlyList<string> Damages)
{
    /// <summary>Reads it from the records.</summary>
    public static FirewallMemory Of(RecordedState records)
    {
        EndpointState[] changing =
        [
            .. from endpoint in records.Endpoints
               where endpoint.State.ChangingPorts.Count > 0
               select endpoint.State with { Ports = endpoint.State.ChangingPorts, ChangingPorts = [] },
        ];
        return new FirewallMemory(
            FirewallState.Of(records, RecordPhase.Done),
            FirewallState.Of(records, RecordPhase.Intent),
            FirewallState.Of(records, RecordPhase.Removing).With(new FirewallState([], changing)),
            records.Damages);
    }

    /// <summary>Whether the host has networks or endpoints of which there is no record.</summary>
    public Func<bool> HasStrangers { get; init; } = static () => false;

    /// <summary>Whether there are unreadable records, or none of what is there: elements without an owner may be theirs.</summary>
    public bool HasGaps => Damages.Count > 0 || HasStrangers();

    /// <summary>What the two tables should hold.</summary>
    /// <param name="inet">The table of <see cref="FirewallLayout"/> as it is; null if it does not exist.</param>
    /// <param name="bridge">The table of <see cref="SpoofGuard"/> as it is; null if it does not exist.</param>
    public (TableExpectation Inet, TableExpectation Bridge) Expect(TableContent? inet, TableContent? bridge)
    {
        IEnumerable<TableElement> passing = Making.AllElements().Concat(Ending.AllElements());
        TableExpectation ofInet = new(FirewallLayout.Table, inet, passing, () => HasGaps);
        TableExpectation ofBridge = new(SpoofGuard.Table, bridge, passing, () => HasGaps);
        foreach (TableElement element in Made.AllElements())
        {
            _ = ofInet.TryWant(element) || ofBridge.TryWant(element);
        }
        return (ofInet, ofBridge);
    }
}
