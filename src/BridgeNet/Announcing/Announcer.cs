using System.Collections.Concurrent;
using System.Net;

using BridgeNet.Native;
using BridgeNet.Netlink;

using Microsoft.Extensions.Logging;

namespace BridgeNet.Announcing;

/// <summary>
/// Announces the addresses of new interfaces to their neighbours. It sends the first frames at once. A timer of this process sends the others, in
/// case one is lost; a process that ends at once sends only the first.
/// </summary>
internal sealed partial class Announcer(ILogger logger) : IDisposable
{
    /// <summary>Docker's maximum.</summary>
    public const int MostFrames = 3;

    private readonly ConcurrentDictionary<Announcement, bool> _pending = [];
    private volatile bool _isDisposed;

    /// <summary>The shortest time between two announcements of an address; Docker's minimum.</summary>
    public static TimeSpan ShortestInterval { get; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest time between two announcements of an address; Docker's maximum.</summary>
    public static TimeSpan LongestInterval { get; } = TimeSpan.FromSeconds(2);

    /// <summary>Announces addresses. It logs failures and never throws, because an endpoint works without announcements.</summary>
    /// <param name="sandbox">The interface's namespace; the caller may dispose it afterwards.</param>
    /// <param name="interfaceIndex">The interface; it is up.</param>
    /// <param name="mac">Its address.</param>
    /// <param name="addresses">The addresses that are now its own, IPv4 and IPv6.</param>
    /// <param name="count">How often each is announced, 0 to <see cref="MostFrames"/>.</param>
    /// <param name="interval">The time between, <see cref="ShortestInterval"/> to <see cref="LongestInterval"/>.</param>
    /// <returns>Disposing it, or this announcer, cancels what is not sent yet; nobody needs to.</returns>
    public IDisposable Announce(
        NetworkNamespace sandbox, int interfaceIndex, MacAddress mac, IReadOnlyList<IPAddress> addresses, int count, TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MostFrames);
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, ShortestInterval);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(interval, LongestInterval);
        if (count == 0 || addresses.Count == 0 || TryOpen(sandbox, interfaceIndex) is not { } socket)
        {
            return NoAnnouncement.Instance;
        }
        byte[][] frames = [.. addresses.Select(address => AnnouncementFrame.For(mac, address))];
        Announcement announcement = new(socket, frames, count, logger, ended => _pending.TryRemove(ended, out _));
        _pending[announcement] = true;
        announcement.Begin(interval);
        if (_isDisposed)
        {
            announcement.Dispose(); // disposed meanwhile: too late for Dispose to find it
        }
        return announcement;
    }

    /// <summary>Cancels what is not sent yet.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        foreach (Announcement announcement in _pending.Keys)
        {
            announcement.Dispose();
        }
    }

    private PacketSocket? TryOpen(NetworkNamespace sandbox, int interfaceIndex)
    {
        try
        {
            return sandbox.Run(() => PacketSocket.Open(interfaceIndex));
        }
        catch (BridgeNetException error)
        {
            LogNotAnnounced(error, sandbox.Path);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "the addresses in {Sandbox} are not announced to their neighbours")]
    private partial void LogNotAnnounced(Exception error, string sandbox);
}
