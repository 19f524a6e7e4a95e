using BridgeNet.State;

namespace BridgeNet.Endpoints;

/// <summary>Twelve hexadecimal digits, drawn at random, by which an endpoint is known to every process.</summary>
internal static class EndpointId
{
    private const int Length = 12;

    /// <summary>A new one.</summary>
    public static string Draw() => DrawnId.Short();

    /// <summary>Whether a text has the form of one.</summary>
    public static bool IsValid(string text) => text.Length == Length && text.All(char.IsAsciiHexDigitLower);
}
