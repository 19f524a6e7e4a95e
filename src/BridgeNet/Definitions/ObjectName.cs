namespace BridgeNet.Definitions;

/// <summary>The names of networks and endpoints. They become file names.</summary>
internal static class ObjectName
{
    /// <summary>The maximum length of a name.</summary>
    public const int MaxLength = 128;

    private const int ShownLength = 40;
    private const int MostOfDnsName = 253;
    private const int MostOfLabel = 63;

    /// <summary>Whether a name has 1 to 128 of letters, digits, '_', '.' and '-', and begins with a letter or digit.</summary>
    public static bool IsValid(string name) =>
        name.Length is > 0 and <= MaxLength
        && char.IsAsciiLetterOrDigit(name[0])
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');

    /// <summary>Whether a name is one that DNS carries (RFC 1035, 2.3.4): labels of letters, digits, '-' and '_'.</summary>
    public static bool IsDnsName(string name) =>
        name.Length is > 0 and <= MostOfDnsName
        && name.Split('.').All(label => label.Length is > 0 and <= MostOfLabel && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));

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
