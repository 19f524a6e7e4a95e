namespace BridgeNet.Cli.Values;

/// <summary>Names and values on the command line, as KEY=VALUE.</summary>
internal static class PairText
{
    /// <summary>From <c>KEY=VALUE</c>; the value begins behind the first '='.</summary>
    /// <param name="text">The text.</param>
    /// <param name="form">Its form with an example, for the error.</param>
    /// <exception cref="FormatException">The key, or the '=', is missing.</exception>
    public static KeyValuePair<string, string> Parse(string text, string form)
    {
        int sign = text.IndexOf('=', StringComparison.Ordinal);
        return sign > 0
            ? KeyValuePair.Create(text[..sign], text[(sign + 1)..])
            : throw new FormatException($"'{text}' is not a name and a value: write {form}");
    }

    /// <summary>From <c>KEY=VALUE</c> or <c>KEY</c>, whose value is empty.</summary>
    /// <exception cref="FormatException">The key is missing.</exception>
    public static KeyValuePair<string, string> ParseLabel(string text) =>
        text.Length > 0 && !text.Contains('=', StringComparison.Ordinal)
            ? KeyValuePair.Create(text, string.Empty)
            : Parse(text, "KEY=VALUE, as owner=web");
}
