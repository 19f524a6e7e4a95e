using System.Runtime.CompilerServices;

namespace BridgeNet.Integration.Tests.Docker.Comparison;

/// <summary>The table of docs/docker.md, read as a user reads it: what it says is what the test expects.</summary>
internal static class ComparisonTable
{
    private const string Heading = "| behaviour | Docker's bridge | bridgenet | verdict |";

    private const int Longest = 200;

    private static readonly Lazy<IReadOnlyList<ComparisonRow>> s_rows = new(() => [.. Read()]);

    public static IReadOnlyList<ComparisonRow> Rows => s_rows.Value;

    /// <summary>The row of a behaviour; null if there is none.</summary>
    public static ComparisonRow? Find(string behaviour) =>
        Rows.FirstOrDefault(row => string.Equals(row.Behaviour, behaviour, StringComparison.Ordinal));

    /// <summary>As text stands in a cell: on one line, without what Markdown would take for its own.</summary>
    public static string Cell(string text) =>
        Cut(string.Join(", ", text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        .Replace('|', '/').Replace('`', '\'');

    private static string Cut(string text) => text.Length <= Longest ? text : $"{text[..Longest].TrimEnd()}…";

    private static IEnumerable<ComparisonRow> Read()
    {
        IEnumerable<string> lines = File.ReadLines(FindDocument())
            .SkipWhile(line => !line.StartsWith(Heading, StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'));
        foreach (string[] cell in lines.Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)))
        {
            yield return new ComparisonRow(cell[0], cell[1].Trim('`'), cell[2].Trim('`'), cell[3]);
        }
    }

    private static string FindDocument([CallerFilePath] string caller = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(caller)!, "../../../../docs/docker.md"));
}
