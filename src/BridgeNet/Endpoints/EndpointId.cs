using BridgeNet.State;

namespace BridgeNet.Endpoints;

/// <summary>The random id, twelve hexadecimal digits, by which every process knows an endpoint.</summary>
internal static class EndpointId
{
    /// <summary>A new one.</summary>
    public static string Draw() => DrawnId.Short();

    /// <summary>Whether a text has the form of an id.</summary>
    public static bool IsValid(string text) => DrawnId.IsShort(text);
}
