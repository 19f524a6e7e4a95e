using System.Runtime.CompilerServices;

namespace BridgeNet.Integration.Tests.Dns.Conformance;

/// <summary>The table of docs/dns.md, read as a user reads it: what it says is what the test expects.</summary>
internal static class AnswerTable
{
    private const string Heading = "| question | aardvark-dns | Docker | bridgenet | verdict |";

    private static readonly Lazy<IReadOnlyList<AnswerRow>> s_rows = new(() => [.. Read()]);

    public static IReadOnlyList<AnswerRow> Rows => s_rows.Value;

    /// <summary>The row of a question; null if there is none.</summary>
    public static AnswerRow? Find(string question) => Rows.FirstOrDefault(row => string.Equals(row.Question, question, StringComparison.Ordinal));

    private static IEnumerable<AnswerRow> Read()
    {
        IEnumerable<string> lines = File.ReadLines(FindDocument())
            .SkipWhile(line => !line.StartsWith(Heading, StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'));
        foreach (string[] cell in lines.Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)))
        {
            yield return new AnswerRow(cell[0], cell[1].Trim('`'), cell[2].Trim('`'), cell[3].Trim('`'), cell[4]);
        }
    }

    private static string FindDocument([CallerFilePath] string caller = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(caller)!, "../../../../docs/dns.md"));
}
