namespace BridgeNet.Integration.Tests.Dns.Conformance;

/// <summary>A row of the table in docs/dns.md.</summary>
/// <param name="Question">The name of the question.</param>
/// <param name="Aardvark">What aardvark-dns answers.</param>
/// <param name="Docker">What Docker's server answers.</param>
/// <param name="Ours">What ours answers.</param>
/// <param name="Verdict">"same", or "different: " and the reason.</param>
internal sealed record AnswerRow(string Question, string Aardvark, string Docker, string Ours, string Verdict)
{
    public bool IsSame => string.Equals(Aardvark, Ours, StringComparison.Ordinal) && string.Equals(Docker, Ours, StringComparison.Ordinal);
}
