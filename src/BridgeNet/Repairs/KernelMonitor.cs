using System.Diagnostics;

using BridgeNet.Native;
using BridgeNet.Netlink;

namespace BridgeNet.Repairs;

/// <summary>
/// Waits for kernel events that may need a repair: of the host's links, addresses, routes, forwarding and rules, and of containers' addresses. What
/// else happens in containers shows at the host's end of their veths, or concerns nobody.
/// </summary>
internal sealed class KernelMonitor : IDisposable
{
    /// <summary>How long events are collected once one concerns us, so that one repair answers many; who never pauses delays it no longer.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(50);

    private readonly List<EventMonitor> _sources = [];

    private KernelMonitor()
    {
    }

    /// <summary>Listens from now on.</summary>
    /// <param name="host">The namespace that plays the host.</param>
    public static KernelMonitor Open(NetworkNamespace host)
    {
        KernelMonitor monitor = new();
        try
        {
            monitor._sources.Add(new EventMonitor(host.Run(() => NetlinkMonitor.OpenRoute())));
            monitor._sources.Add(new EventMonitor(host.Run(NetlinkMonitor.OpenNetfilter)));
            if (TryOpenContainers(host) is { } containers)
            {
                monitor._sources.Add(new EventMonitor(containers));
            }
            return monitor;
        }
        catch
        {
            monitor.Dispose();
            throw;
        }
    }

    /// <summary>Waits for an event that concerns us, and takes others that come with it.</summary>
    /// <param name="watched">What concerns us.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<RepairScope> NextAsync(WatchList watched, CancellationToken cancellation)
    {
        RepairScope scope = new();
        long? first = null;
        while (true)
        {
            Task[] next = [.. _sources.Select(source => source.WaitAsync(cancellation))];
            bool isIdle = !Array.Exists(next, task => task.IsCompleted);
            if (first is { } since && (isIdle || Stopwatch.GetElapsedTime(since) > s_patience))
            {
                return scope;
            }
            _ = await Task.WhenAny(next).ConfigureAwait(false);
            foreach (EventMonitor source in _sources.Where(source => source.HasNext))
            {
                if (watched.Note(await source.TakeAsync().ConfigureAwait(false), scope))
                {
                    first ??= Stopwatch.GetTimestamp();
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _sources.ForEach(source => source.Dispose());

    /// <summary>Null if the kernel or missing rights forbid listening to containers: the host tells of most events.</summary>
    private static NetlinkMonitor? TryOpenContainers(NetworkNamespace host)
    {
        try
        {
            return host.Run(() => NetlinkMonitor.OpenAddresses(hearsNeighbours: true));
        }
        catch (KernelException error) when (error.Errno is Errno.EPERM or Errno.ENOPROTOOPT)
        {
            return null;
        }
    }
}
