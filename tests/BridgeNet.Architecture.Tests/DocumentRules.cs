using System.Text.RegularExpressions;

namespace BridgeNet.Architecture;

/// <summary>What documents must hold to.</summary>
internal static partial class DocumentRules
{
    /// <summary>A link to a file of the repository leads there; one to a heading leads to a heading.</summary>
    /// <param name="documents">The documents.</param>
    /// <param name="read">The text of a path from the root: empty for a directory or a file that is no text, null if there is none.</param>
    public static IEnumerable<string> ResolveLinks(IEnumerable<SourceFile> documents, Func<string, string?> read)
    {
        foreach (SourceFile document in documents)
        {
            string prose = Fenced().Replace(document.Text, "");
            foreach (string target in Link().Matches(prose).Select(match => match.Groups["target"].Value).Where(target => !Outside().IsMatch(target)))
            {
                string[] parts = target.Split('#', 2);
                string path = parts[0].Length == 0 ? document.Path : Normalize($"{Path.GetDirectoryName(document.Path)}/{parts[0]}");
                if (read(path) is not { } text)
                {
                    yield return $"{document.Path} links to {target}, which is not there";
                }
                else if (parts.Length == 2 && !Anchors(text).Contains(parts[1], StringComparer.Ordinal))
                {
                    yield return $"{document.Path} links to {target}, which has no such heading";
                }
            }
        }
    }

    /// <summary>Every decision is numbered without a gap, has its three parts and is in the index.</summary>
    public static IEnumerable<string> ListDecisions(IReadOnlyList<SourceFile> decisions, string index)
    {
        foreach ((int position, SourceFile decision) in decisions.OrderBy(decision => decision.Name, StringComparer.Ordinal).Index())
        {
            if (!decision.Name.StartsWith($"{position + 1:0000}-", StringComparison.Ordinal))
            {
                yield return $"{decision.Name} should have the number {position + 1:0000}";
            }
            if (!index.Contains($"({decision.Name})", StringComparison.Ordinal))
            {
                yield return $"{decision.Name} is not in the index of decisions";
            }
            foreach (string part in new[] { "**Context.**", "**Decision.**", "**Consequences.**" })
            {
                if (!decision.Text.Contains(part, StringComparison.Ordinal))
                {
                    yield return $"{decision.Name} has no part {part}";
                }
            }
        }
    }

    private static string Normalize(string path) => Path.GetRelativePath("/", Path.GetFullPath(path, "/"));

    /// <summary>As GitHub makes them: lower case, hyphens for spaces, no punctuation.</summary>
    private static IEnumerable<string> Anchors(string text) =>
        text.Split('\n').Where(line => line.StartsWith('#')).Select(line =>
            string.Concat(line.TrimStart('#').Trim().ToLowerInvariant()
                .Where(character => char.IsLetterOrDigit(character) || character is ' ' or '-' or '_')
                .Select(character => character == ' ' ? '-' : character)));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)|(src|href)=""(?<target>[^""]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("^[a-z]+:", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Outside();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fenced();
}
