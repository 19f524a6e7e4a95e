using System.Text.Json;

namespace BridgeNet.Dns.Serving;

/// <summary>What a name server says of itself.</summary>
/// <param name="Process">Its process.</param>
/// <param name="Networks">How many networks it serves.</param>
/// <param name="Names">How many names they have.</param>
/// <param name="Listeners">Where it listens, by UDP and TCP.</param>
/// <param name="Failures">Why it does not listen at some gateways, a line for each.</param>
/// <param name="Questions">Messages that came in since it began.</param>
/// <param name="OwnAnswers">Questions that it answered from its names.</param>
/// <param name="Misses">Questions for names that do not exist: NXDOMAIN of its own.</param>
/// <param name="Refused">Questions that it refused: their class or type, or too many of one container.</param>
/// <param name="Forwarded">Questions that it asked other servers.</param>
/// <param name="Unanswered">Forwarded questions that nobody answered: SERVFAIL.</param>
/// <param name="UpstreamMicroseconds">How long a forwarded question took, on the average.</param>
internal sealed record NameServerStatus(
    int Process,
    int Networks,
    int Names,
    IReadOnlyList<string> Listeners,
    IReadOnlyList<string> Failures,
    long Questions,
    long OwnAnswers,
    long Misses,
    long Refused,
    long Forwarded,
    long Unanswered,
    long UpstreamMicroseconds)
{
    /// <summary>As JSON on one line.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, NameServerStatusJson.Default.NameServerStatus);

    /// <summary>What <see cref="ToJson"/> wrote; null if it is something else.</summary>
    public static NameServerStatus? Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, NameServerStatusJson.Default.NameServerStatus);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
