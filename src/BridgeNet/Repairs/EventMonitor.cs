using BridgeNet.Netlink;

namespace BridgeNet.Repairs;

/// <summary>A monitor whose next event is waited for together with others'.</summary>
internal sealed class EventMonitor(NetlinkMonitor monitor) : IDisposable
{
    private IAsyncEnumerator<NetlinkEvent>? _events;
    private Task<bool>? _next;

    /// <summary>Whether the next event is there.</summary>
    public bool HasNext => _next is { IsCompleted: true };

    /// <summary>Ends when the next event is there.</summary>
    public Task WaitAsync(CancellationToken cancellation) =>
        _next ??= (_events ??= monitor.ReadAsync(cancellation).GetAsyncEnumerator(cancellation)).MoveNextAsync().AsTask();

    /// <summary>Takes the event that was waited for.</summary>
    /// <returns>Null if the event could not be read; then anything may have happened.</returns>
    public async Task<NetlinkEvent?> TakeAsync()
    {
        Task<bool> next = _next!;
        _next = null;
        try
        {
            if (await next.ConfigureAwait(false))
            {
                return _events!.Current;
            }
        }
        catch (NetlinkFormatException)
        {
            // reading begins anew behind it
        }
        _events = null;
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => monitor.Dispose();
}
