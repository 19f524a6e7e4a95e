using System.Globalization;

namespace BridgeNet.Runtimes;

/// <summary>Numbers with an optional suffix: k, m or g for 10³, 10⁶ and 10⁹.</summary>
internal static class Quantity
{
    /// <summary>From <c>10m</c>, in letters of either case.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">The highest number.</param>
    /// <param name="unit">Of what, for the error.</param>
    /// <exception cref="FormatException">Not such a text, or not from 1 to the highest number.</exception>
    public static long Parse(string text, long most, string unit)
    {
        long scale = text is [.., char suffix] ? ScaleOf(suffix) : 1;
        ReadOnlySpan<char> digits = scale == 1 ? text : text.AsSpan(0, text.Length - 1);
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number > 0 && number <= most / scale
            ? number * scale
            : throw new FormatException(
                $"'{text}' is not a number of {unit}, from 1 to {most}: write 500k, 10m or 1g for thousands, millions and thousands of millions");
    }

    private static long ScaleOf(char suffix) => suffix switch
    {
        'k' or 'K' => 1_000,
        'm' or 'M' => 1_000_000,
        'g' or 'G' => 1_000_000_000,
        _ => 1,
    };
}
