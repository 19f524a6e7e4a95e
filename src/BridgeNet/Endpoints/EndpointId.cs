using System.Security.Cryptography;

namespace BridgeNet.Endpoints;

/// <summary>Twelve hexadecimal digits, drawn at random, by which an endpoint is known to every process.</summary>
internal static class EndpointId
{
    private const int Length = 12;

    /// <summary>A new one.</summary>
    public static string Draw() => RandomNumberGenerator.GetHexString(Length, lowercase: true);

    /// <summary>Whether a text has the form of one.</summary>
    public static bool IsValid(string text) => text.Length == Length && text.All(char.IsAsciiHexDigitLower);
}
