using BridgeNet.Firewall;
using BridgeNet.Host;
using BridgeNet.Netlink;
using BridgeNet.Networks;
using BridgeNet.State;

namespace BridgeNet.Repairs;

/// <summary>Makes the kernel's state what the records say: packet rules, networks, endpoints, and the rules again if those changed.</summary>
internal sealed class Repairer(StateDirectory state, HostSockets host, NetworkLifecycle networks)
{
    /// <summary>How often ports are settled that stand in two records while others publish them.</summary>
    private const int Attempts = 8;

    private readonly EndpointRepair _endpoints = new(state, host);
    private readonly PortArbiter _ports = new(state, host);
    private readonly NetworkRepair _networks = new(state, host, networks);
    private readonly FirewallRestorer _rules = new(state);

    /// <summary>Makes lost records anew from what the kernel knows, then repairs.</summary>
    public RepairReport Rebuild()
    {
        RepairFindings findings = new();
        using (HostLane lane = host.Rent())
        {
            RecalledRules rules = RecalledRules.Read(lane.Netfilter);
            new NetworkRebuild(state).Rebuild(lane, rules, findings);
            EndpointRebuild endpoints = new(state);
            endpoints.Rebuild(lane, rules, findings);
            endpoints.Reclaim(findings);
        }
        return Repair(RepairScope.Everything, findings);
    }

    /// <summary>What is said of a state directory that is gone.</summary>
    public static string LostState(StateDirectory state) =>
        $"state: {state.Path} was deleted: make its records anew from the kernel (BridgeDriver.Rebuild)";

    /// <summary>Repairs.</summary>
    /// <param name="scope">Into which containers to look.</param>
    /// <param name="tellsStrangers">Whether to tell of networks and endpoints on the host without a record.</param>
    public RepairReport Repair(RepairScope scope, bool tellsStrangers = true) => Repair(scope, new RepairFindings(), tellsStrangers);

    /// <summary>Finds what a repair would restore, and changes nothing.</summary>
    public RepairReport Check()
    {
        RepairFindings findings = new(mends: false);
        if (!state.TryFollow())
        {
            findings.Beyond(LostState(state));
            return findings.ToReport();
        }
        RecordedState records = CheckRules(findings);
        _networks.Repair(findings);
        _endpoints.Repair(records, RepairScope.Everything, findings);
        TellDamages(records, findings);
        return findings.ToReport();
    }

    private RepairReport Repair(RepairScope scope, RepairFindings findings, bool tellsStrangers = true)
    {
        RecordedState records = MendRules(findings, tellsStrangers); // what concerns most packets first
        int found = findings.Count;
        _networks.Repair(findings);
        _endpoints.Repair(records, scope, findings);
        if (findings.Count > found)
        {
            records = MendRules(findings, tellsStrangers);
        }
        TellDamages(records, findings);
        return findings.ToReport();
    }

    private static void TellDamages(RecordedState records, RepairFindings findings)
    {
        foreach (string damage in records.Damages)
        {
            findings.Beyond($"state: {damage}");
        }
    }

    /// <summary>Compares the rules with the records.</summary>
    /// <returns>The records as they were then.</returns>
    private RecordedState CheckRules(RepairFindings findings)
    {
        using HostLane lane = host.Rent();
        RecordedState? records = null;
        Lazy<IReadOnlyList<string>> strangers = new(() => Strangers.Of(lane.Route, state));
        try
        {
            RepairFindings ofPorts = new(mends: false);
            IReadOnlyList<string> faults = FirewallRestorer.Check(
                lane.Netfilter,
                () =>
                {
                    ofPorts = new RepairFindings(mends: false); // the look may have begun again
                    return records = _ports.Settled(RecordedState.Read(state), ofPorts);
                },
                () => strangers.Value.Count > 0);
            findings.Add(ofPorts);
            findings.Restored(faults);
            Tell(strangers, findings);
            return records!;
        }
        catch (BridgeNetException error) when (error is FirewallUnavailableException or NetlinkException)
        {
            findings.Beyond($"packet rules: {error.Message}");
            return records ?? RecordedState.Read(state);
        }
    }

    private static void Tell(Lazy<IReadOnlyList<string>> strangers, RepairFindings findings)
    {
        foreach (string stranger in strangers.IsValueCreated ? strangers.Value : [])
        {
            findings.Beyond($"packet rules: {stranger}");
        }
    }

    /// <summary>Makes the rules what the records say, once no port stands in two of them.</summary>
    /// <returns>The records as they were then.</returns>
    private RecordedState MendRules(RepairFindings findings, bool tellsStrangers)
    {
        using HostLane lane = host.Rent();
        RecordedState? records = null;
        Lazy<IReadOnlyList<string>> strangers = new(() => Strangers.Of(lane.Route, state));
        try
        {
            for (int attempt = 1; ; attempt++)
            {
                IReadOnlyCollection<string> disputed = [];
                IReadOnlyList<string> faults = _rules.Restore(lane.Netfilter, () =>
                {
                    records = _rules.ReadRecords(lane.Netfilter);
                    disputed = PortArbiter.DisputedIn(records);
                    return disputed.Count == 0 || attempt > Attempts ? records : null;
                }, () => strangers.Value.Count > 0);
                if (disputed.Count == 0 || attempt > Attempts)
                {
                    findings.Restored(faults);
                    if (tellsStrangers)
                    {
                        Tell(strangers, findings);
                    }
                    records ??= RecordedState.Read(state);
                    _ports.EndDoubts(lane, records);
                    return records;
                }
                _ports.Arbitrate(disputed, findings);
            }
        }
        catch (BridgeNetException error) when (error is FirewallUnavailableException or NetlinkException)
        {
            findings.Beyond($"packet rules: {error.Message}");
            return records ?? RecordedState.Read(state);
        }
    }
}
