using System.Text;
using System.Text.RegularExpressions;

namespace BridgeNet.Architecture;

/// <summary>A file of the repository, or one made up.</summary>
/// <param name="Path">From the repository's root, with slashes.</param>
/// <param name="Text">What is in it.</param>
internal sealed partial record SourceFile(string Path, string Text)
{
    public string Name => System.IO.Path.GetFileName(Path);

    public string[] Lines => Text.Split('\n');

    /// <summary>The C# without its comments and the contents of its strings; lines stay where they are.</summary>
    public string CodeAlone => CommentsAndStrings().Replace(Text, match => new string('\n', match.Value.Count(character => character == '\n')));

    /// <summary>The strings and characters of the C# without code and comments, in quotes as they stand there; lines stay where they are.</summary>
    public string StringsAlone
    {
        get
        {
            StringBuilder strings = new();
            int end = 0;
            foreach (Match match in CommentsAndStrings().Matches(Text))
            {
                strings.Append('\n', Text.AsSpan(end, match.Index - end).Count('\n'));
                strings.Append(match.Value is ['/', ..] ? new string('\n', match.Value.Count(character => character == '\n')) : match.Value);
                end = match.Index + match.Length;
            }
            return strings.ToString();
        }
    }

    public bool IsIn(string folder) => Path.StartsWith(folder + "/", StringComparison.Ordinal);

    /// <summary>Raw strings, verbatim strings, strings, characters, comments: whichever begins first.</summary>
    [GeneratedRegex(
        """""
        (?s:"""+.*?"""+)|@"([^"]|"")*"|"(\\.|[^"\\\n])*"|'(\\.|[^'\\\n])+'|//[^\n]*|(?s:/\*.*?\*/)
        """"",
        RegexOptions.ExplicitCapture,
        10_000)]
    private static partial Regex CommentsAndStrings();
}
