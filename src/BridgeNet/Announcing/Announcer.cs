using System.Collections.Concurrent;
using System.Net;

using BridgeNet.Native;
using BridgeNet.Netlink;

using Microsoft.Extensions.Logging;

namespace BridgeNet.Announcing;

/// <summary>
/// Tells the neighbours of new interfaces whose addresses they now have. The first frames are sent at once; those after them, which are for
/// the case that one is lost, come from a timer of this process: of a process that ends at once only the first are sent.
/// </summary>
internal sealed partial class Announcer(ILogger logger) : IDisposable
{
    /// <summary>As many as Docker takes.</summary>
    public const int MostFrames = 3;

    private readonly ConcurrentDictionary<Announcement, bool> _pending = [];
    private volatile bool _isDisposed;

    /// <summary>The shortest time between two frames of an address, as Docker has it.</summary>
    public static TimeSpan ShortestInterval { get; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest time between two frames of an address, as Docker has it.</summary>
    public static TimeSpan LongestInterval { get; } = TimeSpan.FromSeconds(2);

    /// <summary>Announces addresses. What fails is logged and nothing more: an endpoint without announcements is an endpoint.</summary>
    /// <param name="sandbox">Where the interface is; it may be disposed of afterwards.</param>
    /// <param name="interfaceIndex">The interface; it is up.</param>
    /// <param name="mac">Its address.</param>
    /// <param name="addresses">The addresses that are now its own, IPv4 and IPv6.</param>
    /// <param name="count">How often each is announced, 0 to <see cref="MostFrames"/>.</param>
    /// <param name="interval">The time between, <see cref="ShortestInterval"/> to <see cref="LongestInterval"/>.</param>
    /// <returns>Cancels what is not sent yet when it is disposed, as disposing of this announcer does; nobody needs to.</returns>
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
            announcement.Dispose(); // it may have come too late to be found
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
