using System.Diagnostics;
using System.Runtime.CompilerServices;

using BridgeNet.Firewall;
using BridgeNet.Host;
using BridgeNet.Netlink.Netfilter;
using BridgeNet.State;

namespace BridgeNet.Repairs;

/// <summary>Repairs whenever the kernel reports a change of ours, and keeps a standby of the translations meanwhile.</summary>
/// <param name="state">The records.</param>
/// <param name="host">The host's sockets.</param>
/// <param name="repairer">Repairs.</param>
/// <param name="hasEnded">Called after a repair that ended endpoints.</param>
internal sealed class BridgeMonitor(StateDirectory state, HostSockets host, Repairer repairer, Action hasEnded)
{
    /// <summary>More repairs than this within <see cref="s_breath"/> are no accident: somebody undoes them.</summary>
    private const int Quarrel = 50;

    private static readonly TimeSpan s_breath = TimeSpan.FromSeconds(1);

    /// <summary>Watches until it is cancelled, and returns each repair that found something.</summary>
    public async IAsyncEnumerable<RepairReport> WatchAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using KernelMonitor kernel = KernelMonitor.Open(host.Namespace);
        using StandbyTable standby = new(host.Namespace.Run(NetfilterSocket.Open));
        Queue<long> repairs = new();
        RepairReport report = repairer.Repair(RepairScope.Everything); // throws at once if repairs are impossible
        RepairReport last = report;
        WatchList watched = Prepare(standby);
        while (true)
        {
            IReadOnlyList<RepairFinding> beyond = report.BeyondRepair;
            bool isNews = beyond.Count > 0 && (repairs.Count == 0 || !beyond.SequenceEqual(last.BeyondRepair));
            if (report.Findings.Count > beyond.Count || isNews)
            {
                last = report;
                if (report.Ended.Count > 0)
                {
                    hasEnded();
                }
                yield return report;
                repairs.Enqueue(Stopwatch.GetTimestamp());
            }
            if (repairs.Count > Quarrel && Stopwatch.GetElapsedTime(repairs.Dequeue()) < s_breath)
            {
                using PeriodicTimer breath = new(s_breath);
                _ = await breath.WaitForNextTickAsync(cancellation).ConfigureAwait(false);
            }
            RepairScope scope = await kernel.NextAsync(watched, cancellation).ConfigureAwait(false);
            report = Repair(scope, standby, ref watched);
        }
    }

    /// <summary>Repairs once. A failure is reported and the watch goes on, because the next repair may succeed.</summary>
    private RepairReport Repair(RepairScope scope, StandbyTable standby, ref WatchList watched)
    {
        try
        {
            if (!state.TryFollow())
            {
                return BeyondRepair(Repairer.LostState(state));
            }
            RepairReport report = repairer.Repair(scope);
            watched = Prepare(standby);
            return report;
        }
        catch (BridgeNetException error)
        {
            return BeyondRepair(error.Message);
        }
    }

    private static RepairReport BeyondRepair(string why) => new() { Findings = [new RepairFinding(RepairKind.BeyondRepair, why)] };

    /// <summary>Prepares for what may happen next: the standby, and which events concern us.</summary>
    private WatchList Prepare(StandbyTable standby)
    {
        RecordedState records = RecordedState.Read(state);
        _ = standby.TryHold(FirewallMemory.Of(records).Made);
        return new WatchList(records);
    }
}
