namespace BridgeNet.State;

/// <summary>Names that are drawn at random. Nobody has to be kept from guessing them, only from drawing the same.</summary>
/// <remarks>A Guid's random digits, because .NET's generator for secrets loads OpenSSL for them, which takes longer than an attach.</remarks>
internal static class DrawnId
{
    /// <summary>Where a Guid's digits say its version, 4, and behind it its variant.</summary>
    private const int Version = 12, Variant = 16, BehindVariant = 17;

    /// <summary>Twelve hexadecimal digits.</summary>
    public static string Short() => Guid.NewGuid().ToString("N")[..Version];

    /// <summary>Sixteen hexadecimal digits.</summary>
    public static string Long()
    {
        string digits = Guid.NewGuid().ToString("N");
        return string.Concat(digits.AsSpan(0, Version), digits.AsSpan(BehindVariant, Variant - Version));
    }
}
