namespace BridgeNet.State;

/// <summary>Random ids. They need not be secret, only unique.</summary>
/// <remarks>They are a Guid's random digits: .NET's generator for secrets loads OpenSSL, which takes longer than an attach.</remarks>
internal static class DrawnId
{
    /// <summary>The places of a Guid's version, 4, and its variant, which are not random.</summary>
    private const int Version = 12, Variant = 16, BehindVariant = 17;

    /// <summary>Twelve hexadecimal digits.</summary>
    public static string Short() => Guid.NewGuid().ToString("N")[..Version];

    /// <summary>Whether a text has the form of a short one.</summary>
    public static bool IsShort(string text) => text.Length == Version && text.All(char.IsAsciiHexDigitLower);

    /// <summary>Sixteen hexadecimal digits.</summary>
    public static string Long()
    {
        string digits = Guid.NewGuid().ToString("N");
        return string.Concat(digits.AsSpan(0, Version), digits.AsSpan(BehindVariant, Variant - Version));
    }
}
