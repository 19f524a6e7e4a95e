using System.Globalization;

namespace BridgeNet.Runtimes.Docker;

/// <summary>The values of Docker's options, both ways.</summary>
internal static class DockerOptionValues
{
    /// <summary>The modes of a gateway, for errors.</summary>
    public const string Modes = "nat, nat-unprotected, routed or isolated";

    /// <summary>A truth value in any of the ways in which Docker takes it.</summary>
    /// <exception cref="FormatException">None of them.</exception>
    public static bool ParseBoolean(string text) => text switch
    {
        "1" or "t" or "T" or "true" or "True" or "TRUE" => true,
        "0" or "f" or "F" or "false" or "False" or "FALSE" => false,
        _ => throw new FormatException($"'{text}' is neither true nor false"),
    };

    /// <summary>The text of a truth value; null for the default one.</summary>
    public static string? WriteBoolean(bool value, bool byDefault) => value == byDefault ? null : value ? "true" : "false";

    /// <summary>A decimal number.</summary>
    /// <exception cref="FormatException">Not one, or not in the range.</exception>
    public static int ParseNumber(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw new FormatException($"'{text}' is not a number from {least} to {most}");

    /// <summary>The mode of a name; no name at all is nat.</summary>
    /// <exception cref="FormatException">Not one of Docker's names.</exception>
    public static GatewayMode ParseMode(string text)
    {
        foreach (GatewayMode mode in Enum.GetValues<GatewayMode>())
        {
            if (string.Equals(NameOf(mode), text, StringComparison.Ordinal))
            {
                return mode;
            }
        }
        return text.Length == 0 ? GatewayMode.Nat : throw new FormatException($"'{text}' is not a mode of a gateway");
    }

    /// <summary>The name of a mode; null for nat.</summary>
    public static string? WriteMode(GatewayMode mode) => mode is GatewayMode.Nat ? null : NameOf(mode);

    /// <summary>A mode's name with '-' between its words: nat-unprotected.</summary>
    private static string NameOf(GatewayMode mode) =>
        string.Concat(mode.ToString().Select(
            (letter, i) => char.IsUpper(letter) && i > 0 ? $"-{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
