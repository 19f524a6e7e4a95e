namespace BridgeNet;

/// <summary>What a name service has done since it began.</summary>
/// <param name="Networks">How many networks it serves now.</param>
/// <param name="Names">How many names they have now.</param>
/// <param name="Questions">Messages that came in.</param>
/// <param name="OwnAnswers">Questions that it answered from names.</param>
/// <param name="Misses">Questions for names that do not exist (NXDOMAIN).</param>
/// <param name="Refused">Questions that it refused: their class or type, or too many of one container.</param>
/// <param name="Forwarded">Questions that it asked the host's servers.</param>
/// <param name="Unanswered">Forwarded questions that nobody answered (SERVFAIL).</param>
/// <param name="UpstreamTime">How long a forwarded question took, on the average.</param>
public sealed record NameStatistics(
    int Networks,
    int Names,
    long Questions,
    long OwnAnswers,
    long Misses,
    long Refused,
    long Forwarded,
    long Unanswered,
    TimeSpan UpstreamTime);
