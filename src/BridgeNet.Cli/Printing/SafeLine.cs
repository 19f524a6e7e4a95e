using System.Globalization;
using System.Text;

namespace BridgeNet.Cli.Printing;

/// <summary>Makes text from outside one harmless line: no control character reaches the terminal.</summary>
internal static class SafeLine
{
    /// <summary>Longer words are cut: names have at most 128 characters, and paths are seldom longer.</summary>
    private const int LongestWord = 256;

    private const int ShownOfLonger = 40;

    /// <summary>The text with line ends as spaces, control and format characters as '?', and very long words cut.</summary>
    public static string Of(string text)
    {
        StringBuilder line = new(text.Length);
        int word = 0;
        foreach (char c in text.ReplaceLineEndings(" "))
        {
            word = c == ' ' ? 0 : word + 1;
            if (word <= LongestWord)
            {
                line.Append(char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator ? '?' : c);
            }
            else if (word == LongestWord + 1)
            {
                line.Length -= LongestWord - ShownOfLonger;
                line.Append('…');
            }
        }
        return line.ToString();
    }
}
