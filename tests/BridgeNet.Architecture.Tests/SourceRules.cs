using System.Text.RegularExpressions;

namespace BridgeNet.Architecture;

/// <summary>What the text of files must not be.</summary>
internal static partial class SourceRules
{
    public const int MostLines = 400;

    public static IEnumerable<string> KeepShort(IEnumerable<SourceFile> files) =>
        from file in files
        let lines = file.Text.AsSpan().TrimEnd('\n').Count('\n') + 1
        where lines > MostLines
        select $"{file.Path} has {lines} lines: {MostLines} is the limit";

    public static IEnumerable<string> KeepClean(IEnumerable<SourceFile> files)
    {
        foreach (SourceFile file in files)
        {
            foreach ((int number, string line) in file.Lines.Index())
            {
                if (line.Length > 0 && char.IsWhiteSpace(line[^1]))
                {
                    yield return $"{file.Path}:{number + 1} ends in white space";
                }
            }
            if (file.Text.Length > 0 && !file.Text.EndsWith('\n'))
            {
                yield return $"{file.Path} does not end in a line feed";
            }
        }
    }

    /// <summary>A pattern does not occur, in comments and strings neither.</summary>
    public static IEnumerable<string> ForbidText(IEnumerable<SourceFile> files, Regex pattern, string why) => Forbid(files, file => file.Text, pattern, why);

    /// <summary>A pattern does not occur in code; comments and strings may speak of it.</summary>
    public static IEnumerable<string> ForbidCode(IEnumerable<SourceFile> files, Regex pattern, string why) => Forbid(files, file => file.CodeAlone, pattern, why);

    private static IEnumerable<string> Forbid(IEnumerable<SourceFile> files, Func<SourceFile, string> text, Regex pattern, string why) =>
        from file in files
        from line in text(file).Split('\n').Index()
        let match = pattern.Match(line.Item)
        where match.Success
        select $"{file.Path}:{line.Index + 1} has {match.Value}: {why}";

    [GeneratedRegex(@"\[\s*(return:\s*)?(DllImport|LibraryImport)\b", RegexOptions.ExplicitCapture, 1000)]
    public static partial Regex PlatformInvoke();

    [GeneratedRegex(@"\bProcess\.Start\b|\bnew Process\b|\bProcessStartInfo\b", RegexOptions.ExplicitCapture, 1000)]
    public static partial Regex StartedProcess();

    [GeneratedRegex(@"\bThread\.Sleep\b|\bTask\.Delay\b", RegexOptions.ExplicitCapture, 1000)]
    public static partial Regex Sleep();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|\bNotImplementedException\b", RegexOptions.ExplicitCapture, 1000)]
    public static partial Regex Unfinished();

    [GeneratedRegex(@"\basync\b", RegexOptions.ExplicitCapture, 1000)]
    public static partial Regex Async();

    [GeneratedRegex(@"\busing Tmds\.", RegexOptions.ExplicitCapture, 1000)]
    public static partial Regex UsedLibC();
}
