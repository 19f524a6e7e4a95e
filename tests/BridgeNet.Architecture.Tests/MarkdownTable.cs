namespace BridgeNet.Architecture;

/// <summary>The first table below a heading of a document.</summary>
internal static class MarkdownTable
{
    /// <summary>The rows without the head, each cut into its cells.</summary>
    public static IReadOnlyList<string[]> Read(string document, string heading)
    {
        string[] rows = [.. document.Split('\n')
            .SkipWhile(line => !line.StartsWith('#') || !line.EndsWith(heading, StringComparison.Ordinal))
            .SkipWhile(line => !line.StartsWith('|'))
            .TakeWhile(line => line.StartsWith('|'))];
        return rows.Length > 2
            ? [.. rows.Skip(2).Select(row => row.Trim('|').Split('|', StringSplitOptions.TrimEntries))]
            : throw new InvalidOperationException($"there is no table below the heading “{heading}”");
    }

    /// <summary>The words of a cell that lists: "Native, Netlink"; none for "nothing".</summary>
    public static IReadOnlySet<string> List(string cell) =>
        cell is "nothing" ? new HashSet<string>(StringComparer.Ordinal) : cell.Split(", ").ToHashSet(StringComparer.Ordinal);
}
