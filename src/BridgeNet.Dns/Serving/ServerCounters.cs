using BridgeNet.Dns.Wire;

namespace BridgeNet.Dns.Serving;

/// <summary>What the name server did since it began. Any thread may count.</summary>
internal sealed class ServerCounters
{
    private long _questions;
    private long _ownAnswers;
    private long _misses;
    private long _refused;
    private long _forwarded;
    private long _unanswered;
    private long _limited;
    private long _upstreamMicroseconds;

    /// <summary>Messages that came in.</summary>
    public long Questions => Interlocked.Read(ref _questions);

    /// <summary>Questions that were answered from the names.</summary>
    public long OwnAnswers => Interlocked.Read(ref _ownAnswers);

    /// <summary>Questions for names that do not exist: NXDOMAIN of our own.</summary>
    public long Misses => Interlocked.Read(ref _misses);

    /// <summary>Questions refused because of their class or type.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Questions that other servers were asked.</summary>
    public long Forwarded => Interlocked.Read(ref _forwarded);

    /// <summary>Forwarded questions that nobody answered: SERVFAIL.</summary>
    public long Unanswered => Interlocked.Read(ref _unanswered);

    /// <summary>Questions refused because the asker had too many under way.</summary>
    public long Limited => Interlocked.Read(ref _limited);

    /// <summary>How long forwarded questions took, all together, in microseconds.</summary>
    public long UpstreamMicroseconds => Interlocked.Read(ref _upstreamMicroseconds);

    /// <summary>A message came in.</summary>
    public void CountQuestion() => Interlocked.Increment(ref _questions);

    /// <summary>A question was answered without other servers.</summary>
    /// <param name="code">The answer's code, as <see cref="ResponseCode"/>.</param>
    public void CountAnswer(int code)
    {
        switch (code)
        {
            case ResponseCode.NoError:
                _ = Interlocked.Increment(ref _ownAnswers);
                break;
            case ResponseCode.NonexistentDomain:
                _ = Interlocked.Increment(ref _misses);
                break;
            case ResponseCode.Refused:
                _ = Interlocked.Increment(ref _refused);
                break;
            default:
                break;
        }
    }

    /// <summary>A question was refused by the limit.</summary>
    public void CountLimited() => Interlocked.Increment(ref _limited);

    /// <summary>Other servers were asked.</summary>
    public void CountForwarded(TimeSpan time, bool isAnswered)
    {
        _ = Interlocked.Increment(ref _forwarded);
        _ = Interlocked.Add(ref _upstreamMicroseconds, (long)time.TotalMicroseconds);
        if (!isAnswered)
        {
            _ = Interlocked.Increment(ref _unanswered);
        }
    }
}
