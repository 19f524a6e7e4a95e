using BridgeNet.Native;

using Microsoft.Extensions.Logging;

namespace BridgeNet.Announcing;

/// <summary>
/// The announcements of one interface that are still to be sent. The socket keeps the interface's namespace alive until the last one.
/// </summary>
internal sealed partial class Announcement : IDisposable
{
    private readonly Lock _lock = new();
    private readonly ILogger _logger;
    private readonly Action<Announcement> _ended;
    private readonly byte[][] _frames;
    private readonly PacketSocket _socket;
    private Timer? _timer;
    private bool _isDisposed;
    private bool _isLogged;
    private int _left;

    /// <summary>Takes ownership of the socket.</summary>
    /// <param name="socket">Bound to the interface.</param>
    /// <param name="frames">The frames of each announcement.</param>
    /// <param name="count">How often, 1 or more.</param>
    /// <param name="logger">Gets the first failure.</param>
    /// <param name="ended">Called once, after the last announcement or when this is disposed.</param>
    public Announcement(PacketSocket socket, byte[][] frames, int count, ILogger logger, Action<Announcement> ended)
    {
        _socket = socket;
        _frames = frames;
        _left = count;
        _logger = logger;
        _ended = ended;
    }

    /// <summary>Sends the first frames before it returns, and the rest from the timer's threads.</summary>
    public void Begin(TimeSpan interval)
    {
        SendOnce();
        lock (_lock)
        {
            if (!_isDisposed)
            {
                _timer = new Timer(_ => SendOnce(), state: null, interval, interval);
            }
        }
    }

    /// <summary>Cancels the rest. A frame that is being sent is sent before this returns.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }
            _isDisposed = true;
            _timer?.Dispose();
            _socket.Dispose();
        }
        _ended(this);
    }

    private void SendOnce()
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }
            _left--;
            foreach (byte[] frame in _frames)
            {
                Errno failure = _socket.Send(frame);
                if (failure is Errno.None)
                {
                    continue;
                }
                if (!_isLogged)
                {
                    _isLogged = true;
                    LogNotSent(failure.Describe());
                }
                if (failure is Errno.ENXIO or Errno.ENODEV)
                {
                    _left = 0; // the interface is gone, so let its namespace go
                }
            }
            if (_left > 0)
            {
                return;
            }
        }
        Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "an address is not announced to its neighbours: {Reason}")]
    private partial void LogNotSent(string reason);
}
