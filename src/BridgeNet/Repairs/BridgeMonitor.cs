using System.Diagnostics;
using System.Runtime.CompilerServices;

using BridgeNet.Firewall;
using BridgeNet.Host;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;
using BridgeNet.State;

namespace BridgeNet.Repairs;

/// <summary>Repairs whenever the kernel reports a change of ours, and keeps a standby of the translations meanwhile.</summary>
internal sealed class BridgeMonitor(StateDirectory state, HostSockets host, Repairer repairer)
{
    /// <summary>More repairs than this within <see cref="s_breath"/> are no accident: somebody undoes them.</summary>
    private const int Quarrel = 50;

    private static readonly TimeSpan s_breath = TimeSpan.FromSeconds(1);

    private readonly FirewallRestorer _rules = new(state);

    /// <summary>Watches until it is cancelled, and returns each repair that found something.</summary>
    public async IAsyncEnumerable<RepairReport> WatchAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using KernelMonitor kernel = KernelMonitor.Open(host.Namespace, IsBridge);
        using StandbyTable standby = new(host.Namespace.Run(NetfilterSocket.Open));
        RepairScope scope = RepairScope.Everything;
        Queue<long> repairs = new();
        RepairReport last = repairer.Repair(scope); // throws at once if repairs are impossible
        RepairReport report = last;
        while (true)
        {
            _ = standby.TryHold(_rules.Remember().Made);
            bool isNews = report.BeyondRepair.Count > 0 && (report.BeyondRepair != last.BeyondRepair || repairs.Count == 0);
            if (report.Restored.Count + report.Ended.Count > 0 || isNews)
            {
                last = report;
                yield return report;
                repairs.Enqueue(Stopwatch.GetTimestamp());
            }
            if (repairs.Count > Quarrel && Stopwatch.GetElapsedTime(repairs.Dequeue()) < s_breath)
            {
                using PeriodicTimer breath = new(s_breath);
                _ = await breath.WaitForNextTickAsync(cancellation).ConfigureAwait(false);
            }
            scope = await kernel.NextAsync(cancellation).ConfigureAwait(false);
            report = Repair(scope);
        }
    }

    /// <summary>Repairs once. A failure is reported and the watch goes on, because the next repair may succeed.</summary>
    private RepairReport Repair(RepairScope scope)
    {
        try
        {
            return repairer.Repair(scope);
        }
        catch (BridgeNetException error)
        {
            return new RepairReport { BeyondRepair = [error.Message] };
        }
    }

    private bool IsBridge(InterfaceName name) => state.Networks.All().Any(network => network.Record.Device == name);
}
