namespace BridgeNet.Architecture;

/// <summary>What docs/threat-model.md must hold to: a test that is there in every line of its table of threats.</summary>
internal static class ThreatRules
{
    /// <summary>The cells of the table's rows.</summary>
    public static IReadOnlyList<string[]> Rows(string document) =>
    [
        .. document.Split('\n')
            .SkipWhile(line => !line.StartsWith("| threat |", StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)),
    ];

    /// <summary>What does not hold.</summary>
    public static IEnumerable<string> Check(string document, IReadOnlyCollection<SourceFile> code)
    {
        foreach (string[] cells in Rows(document).Where(cells => cells.Length != 3 || !ParityRules.NamesTest(cells[2])))
        {
            yield return $"the threat “{cells[0]}” has no test";
        }
        foreach (string missing in ParityRules.MissingTests(document, code))
        {
            yield return missing;
        }
    }
}
