namespace BridgeNet.Dns.Forwarding;

/// <summary>What came of asking one server.</summary>
/// <param name="Message">Its answer, with the id of the question that was forwarded; null if it could not be reached or kept silent.</param>
/// <param name="IsFinal">Whether it settles the question: neither SERVFAIL nor REFUSED.</param>
internal readonly record struct UpstreamResult(byte[]? Message, bool IsFinal)
{
    /// <summary>No answer.</summary>
    public static UpstreamResult None => default;
}
