namespace BridgeNet.Definitions;

/// <summary>The names of networks and endpoints. They become file names.</summary>
internal static class ObjectName
{
    /// <summary>The maximum length of a name.</summary>
    public const int MaxLength = 128;

    private const int ShownLength = 40;

    /// <summary>Whether a name has 1 to 128 of letters, digits, '_', '.' and '-', and begins with a letter or digit.</summary>
    public static bool IsValid(string name) =>
        name.Length is > 0 and <= MaxLength
        && char.IsAsciiLetterOrDigit(name[0])
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');

    /// <summary>Refuses an invalid name.</summary>
    /// <exception cref="ConfigurationException">The name is invalid.</exception>
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
