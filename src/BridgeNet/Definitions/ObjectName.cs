namespace BridgeNet.Definitions;

/// <summary>The names of networks and endpoints, which become names of files.</summary>
internal static class ObjectName
{
    /// <summary>The most characters of a name.</summary>
    public const int MaxLength = 128;

    private const int ShownLength = 40;

    /// <summary>Whether a name has 1 to 128 of letters, digits, '_', '.' and '-', and begins with a letter or digit.</summary>
    public static bool IsValid(string name) =>
        name.Length is > 0 and <= MaxLength
        && char.IsAsciiLetterOrDigit(name[0])
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');

    /// <summary>Refuses a name of another form.</summary>
    /// <exception cref="ConfigurationException">It has another form.</exception>
    public static void Check(string what, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!IsValid(name))
        {
            string shown = name.Length <= ShownLength ? name : $"{name[..ShownLength]}…";
            throw new ConfigurationException(
                $"{what} name", $"'{shown}' must be 1 to {MaxLength} letters, digits, '_', '.' or '-', beginning with a letter or digit");
        }
    }
}
