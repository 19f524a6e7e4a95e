using System.Globalization;
using System.Text;

namespace BridgeNet.Cli.Printing;

/// <summary>Text from outside as one line that a terminal shows and does not obey.</summary>
internal static class SafeLine
{
    /// <summary>A longer word is nobody's to read: names have at most 128 characters, paths seldom more.</summary>
    private const int LongestWord = 256;

    private const int ShownOfLonger = 40;

    /// <summary>The text with line ends as spaces, controls and invisible marks as '?', and words that never end cut off.</summary>
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
