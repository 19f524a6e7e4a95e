using BridgeNet.Native;
using BridgeNet.Netlink;

namespace BridgeNet.Repairs;

/// <summary>
/// Waits for kernel events that may need a repair: of the host's links, addresses, routes, forwarding and rules, and of containers' addresses. What
/// else happens in containers shows at the host's end of their veths, or concerns nobody.
/// </summary>
internal sealed class KernelMonitor : IDisposable
{
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
        RepairDelay delay = new();
        while (true)
        {
            Task[] next = [.. _sources.Select(source => source.WaitAsync(cancellation))];
            bool isIdle = !Array.Exists(next, task => task.IsCompleted);
            TimeSpan left = delay.Left(isIdle);
            if (left == TimeSpan.Zero)
            {
                return scope;
            }
            Task any = Task.WhenAny(next);
            await any.WaitAsync(left, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellation.ThrowIfCancellationRequested();
            foreach (EventMonitor source in _sources)
            {
                while (source.HasNext && delay.Left(isIdle: false) != TimeSpan.Zero)
                {
                    delay.Note(watched.Note(await source.TakeAsync().ConfigureAwait(false), scope));
                    _ = source.WaitAsync(cancellation);
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
