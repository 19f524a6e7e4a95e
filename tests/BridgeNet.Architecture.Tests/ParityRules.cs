using System.Text.RegularExpressions;

namespace BridgeNet.Architecture;

/// <summary>What docs/docker-parity.md must hold to, so that what it promises can be looked up.</summary>
internal static partial class ParityRules
{
    private const int MostPutOff = 10;

    /// <summary>Each row says done with tests that are there, different with a reason, or later with what it waits for; few are put off.</summary>
    public static IEnumerable<string> Check(string document, IReadOnlyCollection<SourceFile> code)
    {
        string[][] rows = [.. document.Split('\n').Where(line => line.StartsWith('|')).Select(
            line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells is not ["behaviour", ..] && !cells[0].StartsWith("---", StringComparison.Ordinal))];
        foreach (string[] cells in rows)
        {
            if (cells is not [_, "done" or "different" or "later", { Length: > 0 } proof])
            {
                yield return $"the row “{cells[0]}” does not say done, different or later, and why";
            }
            else if (cells[1] is "done" && !Test().IsMatch(proof))
            {
                yield return $"the row “{cells[0]}” is done without a test";
            }
        }
        foreach (string missing in MissingTests(document, code))
        {
            yield return missing;
        }
        int putOff = rows.Count(cells => cells.Length > 1 && cells[1] is "later");
        if (putOff > MostPutOff)
        {
            yield return $"{putOff} rows are put off, more than {MostPutOff}";
        }
    }

    /// <summary>Whether a text names a test.</summary>
    public static bool NamesTest(string text) => Test().IsMatch(text);

    /// <summary>The tests that a document names and that are not there.</summary>
    public static IEnumerable<string> MissingTests(string document, IReadOnlyCollection<SourceFile> code) =>
        from test in Test().Matches(document)
        where !code.Any(file => IsIn(file, test.Groups["class"].Value, test.Groups["method"].Value))
        select $"the test {test.Value.Trim('`')} is not there";

    private static bool IsIn(SourceFile file, string type, string method) =>
        string.Equals(file.Name, $"{type}.cs", StringComparison.Ordinal) && file.Text.Contains($" {method}(", StringComparison.Ordinal);

    [GeneratedRegex(@"`(?<class>\w+Tests)\.(?<method>\w+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Test();
}
