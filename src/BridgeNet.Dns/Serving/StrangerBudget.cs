namespace BridgeNet.Dns.Serving;

/// <summary>
/// How much a listener sends to addresses that are no container's and not the host's. Whoever asks from addresses that nobody has makes the kernel
/// keep each answer until it knows that nobody is there, for three seconds. Any thread may use it.
/// </summary>
/// <param name="time">The clock; null for the system's.</param>
internal sealed class StrangerBudget(TimeProvider? time = null)
{
    /// <summary>What may be sent in a second, in bytes.</summary>
    public const int PerSecond = 256 * 1024;

    /// <summary>What may be sent at once after a pause, in bytes.</summary>
    public const int Most = 1024 * 1024;

    /// <summary>What the kernel needs for an answer besides its bytes.</summary>
    private const int Overhead = 1024;

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Lock _lock = new();
    private double _left = Most;
    private long _last = (time ?? TimeProvider.System).GetTimestamp();

    /// <summary>Whether an answer may be sent yet.</summary>
    /// <param name="bytes">How long it is.</param>
    public bool TrySpend(int bytes)
    {
        lock (_lock)
        {
            long now = _time.GetTimestamp();
            _left = Math.Min(Most, _left + (_time.GetElapsedTime(_last, now).TotalSeconds * PerSecond));
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
