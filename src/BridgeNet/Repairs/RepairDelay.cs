namespace BridgeNet.Repairs;

/// <summary>
/// How long a repair waits for more events, so that one answers many. A loss is repaired as soon as no event is at hand; what else changes is looked
/// at when it pauses: else each verb on the host would be followed by several looks that find nothing, and compete with the next verb.
/// </summary>
/// <param name="time">The clock; null for the system's.</param>
internal sealed class RepairDelay(TimeProvider? time = null)
{
    /// <summary>Events that never pause delay the repair of a loss no longer.</summary>
    private static readonly TimeSpan s_longestOfLoss = TimeSpan.FromMilliseconds(50);

    /// <summary>How long other events must pause.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Other events that never pause delay a repair no longer.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(500);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private long? _loss, _first, _last;

    /// <summary>Notes an event.</summary>
    public void Note(RepairUrgency urgency)
    {
        if (urgency is RepairUrgency.None)
        {
            return;
        }
        _last = _time.GetTimestamp();
        _first ??= _last;
        if (urgency is RepairUrgency.Now)
        {
            _loss ??= _last;
        }
    }

    /// <summary>How long to wait yet: zero when it is time to repair, infinite when nothing has happened.</summary>
    /// <param name="isIdle">Whether no event is at hand.</param>
    public TimeSpan Left(bool isIdle)
    {
        if (_loss is { } loss)
        {
            return isIdle ? TimeSpan.Zero : Until(loss, s_longestOfLoss);
        }
        if (_first is not { } first)
        {
            return Timeout.InfiniteTimeSpan;
        }
        TimeSpan ofAll = Until(first, s_longest), ofLast = Until(_last!.Value, s_pause);
        return ofLast < ofAll ? ofLast : ofAll;
    }

    /// <summary>Rounded up: to wait for less than a timer can measure is not to wait.</summary>
    private TimeSpan Until(long since, TimeSpan wait)
    {
        double left = (wait - _time.GetElapsedTime(since)).TotalMilliseconds;
        return TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(left)));
    }
}
