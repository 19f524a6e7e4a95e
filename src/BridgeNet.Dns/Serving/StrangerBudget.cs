namespace BridgeNet.Dns.Serving;

/// <summary>
/// How much a listener sends to addresses that are no container's and not the host's. Whoever asks from addresses that nobody has makes the kernel
/// keep each answer until it knows that nobody is there, for three seconds. Any thread may use it.
/// </summary>
/// <param name="room">The bytes that the listener's socket keeps for sending.</param>
/// <param name="time">The clock; null for the system's.</param>
internal sealed class StrangerBudget(int room, TimeProvider? time = null)
{
    /// <summary>What may be sent at once after a pause, in bytes, where the socket has four times as much room.</summary>
    public const int Most = 1024 * 1024;

    /// <summary>How long it takes until that much may be sent again.</summary>
    public const int Seconds = 4;

    /// <summary>What the kernel needs for an answer besides its bytes.</summary>
    private const int Overhead = 1024;

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Lock _lock = new();
    private readonly double _most = Math.Min(Most, room / 4);
    private double _left = Math.Min(Most, room / 4);
    private long _last = (time ?? TimeProvider.System).GetTimestamp();

    /// <summary>Whether an answer may be sent yet.</summary>
    /// <param name="bytes">How long it is.</param>
    public bool TrySpend(int bytes)
    {
        lock (_lock)
        {
            long now = _time.GetTimestamp();
            _left = Math.Min(_most, _left + (_time.GetElapsedTime(_last, now).TotalSeconds / Seconds * _most));
            _last = now;
            if (_left < bytes + Overhead)
            {
                return false;
            }
            _left -= bytes + Overhead;
            return true;
        }
    }
}
