using BridgeNet.Definitions;

namespace BridgeNet.State;

/// <summary>The alias of BridgeNet's links, <c>bridgenet ID NAME</c>: it identifies a bridge or veth even if its record is lost.</summary>
internal static class KernelAlias
{
    private const int IdLength = 12;
    private const string Maker = "bridgenet";

    /// <summary>The alias of a network's bridge, or of the host's end of an endpoint's veth.</summary>
    public static string Of(string id, string name) => $"{Maker} {id} {name}";

    /// <summary>The id and name in an alias; null if it is none of BridgeNet's.</summary>
    public static (string Id, string Name)? Read(string? alias) =>
        alias?.Split(' ') is [Maker, { Length: IdLength } id, { } name] && id.All(char.IsAsciiHexDigitLower) && ObjectName.IsValid(name)
            ? (id, name)
            : null;
}
