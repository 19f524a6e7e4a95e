using System.Text.RegularExpressions;

namespace BridgeNet.Architecture;

/// <summary>What the text of files must not be.</summary>
internal static partial class SourceRules
{
    public const int MostLines = 400;

    public const int LongestLine = 150;

    public const int MostMethodLines = 60;

    public static IEnumerable<string> KeepShort(IEnumerable<SourceFile> files) =>
        from file in files
        let lines = file.Text.AsSpan().TrimEnd('\n').Count('\n') + 1
        where lines > MostLines
        select $"{file.Path} has {lines} lines: {MostLines} is the limit";

    public static IEnumerable<string> KeepLinesShort(IEnumerable<SourceFile> files) =>
        from file in files
        from line in file.Lines.Index()
        where line.Item.Length > LongestLine
        select $"{file.Path}:{line.Index + 1} has {line.Item.Length} characters: {LongestLine} is the limit";

    public static IEnumerable<string> KeepMethodsShort(IEnumerable<SourceFile> files) =>
        from file in files
        from method in MethodScanner.Scan(file)
        where method.Lines > MostMethodLines
        select $"{file.Path}:{method.Line} {method.Name} has {method.Lines} lines: {MostMethodLines} is the limit";

    /// <summary>
    /// A file declares one type, which bears the file's name; of a name with points (<c>Type.Part.cs</c>) or braces the first part.
    /// </summary>
    public static IEnumerable<string> KeepOneNoun(IEnumerable<SourceFile> files)
    {
        foreach (SourceFile file in files)
        {
            string name = file.Name.Split('.', '{')[0];
            string[] types = [.. TopLevelType().Matches(file.CodeAlone).Select(match => match.Groups["name"].Value)];
            foreach (string stray in types.Where(type => !string.Equals(type, name, StringComparison.Ordinal)))
            {
                yield return $"{file.Path} declares {stray}, which belongs into a file of its own";
            }
        }
    }

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
    public static IEnumerable<string> ForbidText(IEnumerable<SourceFile> files, Regex pattern, string why) =>
        Forbid(files, file => file.Text, pattern, why);

    /// <summary>A pattern does not occur in code; comments and strings may speak of it.</summary>
    public static IEnumerable<string> ForbidCode(IEnumerable<SourceFile> files, Regex pattern, string why) =>
        Forbid(files, file => file.CodeAlone, pattern, why);

    /// <summary>A pattern does not occur in strings; code and comments may have it.</summary>
    public static IEnumerable<string> ForbidStrings(IEnumerable<SourceFile> files, Regex pattern, string why) =>
        Forbid(files, file => file.StringsAlone, pattern, why);

    /// <summary>What the library names in its messages (<c>EndpointRequest.InterfaceName</c>) is a name that the translation has too.</summary>
    public static IEnumerable<string> TranslateNames(IEnumerable<SourceFile> library, SourceFile translation) =>
        from file in library
        from line in file.StringsAlone.Split('\n').Index()
        from match in QualifiedName().Matches(line.Item)
        where !translation.Text.Contains($"nameof({match.Value})", StringComparison.Ordinal)
        select $"{file.Path}:{line.Index + 1} has {match.Value}, which {translation.Name} does not translate";

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

    /// <summary>Options, verbs and keys by which other faces name what the library calls properties and methods.</summary>
    [GeneratedRegex(
        @"(""|\s|\()--[a-z][a-z-]+|\bnetwork (rm|create)\b|\bbridgenet (repair|gc|attach|detach|publish|unpublish|limit|watch|network|run)\b"
        + @"|\brepair --|\bcom\.docker\.|\b(advertise_addr|container_iface|host_ipv|enable_ipv|gateway_mode|inhibit_ipv|enable_i(cc|p_))",
        RegexOptions.ExplicitCapture,
        1000)]
    public static partial Regex CommandLineWords();

    [GeneratedRegex(
        @"\b(EndpointRequest|NetworkDefinition|SubnetDefinition|Bandwidth|PortSpec|BridgeDriver)\.[A-Z]\w+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex QualifiedName();

    [GeneratedRegex(
        @"^(?=\S)((public|internal|file|static|sealed|abstract|partial|readonly|ref|unsafe)\s+)*"
        + @"(class|record\s+struct|record|struct|interface|enum|delegate\s+[\w<>\[\]?.]+)\s+(?<name>\w+)",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        1000)]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"\bThread\.Sleep\b|\bTask\.Delay\b", RegexOptions.ExplicitCapture, 1000)]
    public static partial Regex Sleep();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|\bNotImplementedException\b", RegexOptions.ExplicitCapture, 1000)]
    public static partial Regex Unfinished();

    [GeneratedRegex(@"\basync\b", RegexOptions.ExplicitCapture, 1000)]
    public static partial Regex Async();

    [GeneratedRegex(@"\busing Tmds\.(?!DBus\.)", RegexOptions.ExplicitCapture, 1000)]
    public static partial Regex UsedLibC();
}
