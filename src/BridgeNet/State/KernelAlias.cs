using BridgeNet.Definitions;

namespace BridgeNet.State;

/// <summary>
/// The alias of BridgeNet's links, <c>bridgenet ID NAME</c>: it identifies a bridge or veth even if its record is lost. That of a prepared endpoint
/// has a fourth word, because nothing else in the kernel tells that a runtime sets it up.
/// </summary>
internal static class KernelAlias
{
    private const int IdLength = 12;
    private const string Maker = "bridgenet";
    private const string Prepared = "prepared";

    /// <summary>The alias of a network's bridge, or of the host's end of an endpoint's veth.</summary>
    public static string Of(string id, string name, bool isPrepared = false) =>
        isPrepared ? $"{Maker} {id} {name} {Prepared}" : $"{Maker} {id} {name}";

    /// <summary>The id and name in an alias; null if it is none of BridgeNet's.</summary>
    public static (string Id, string Name)? Read(string? alias) =>
        alias?.Split(' ') is [Maker, { Length: IdLength } id, { } name, .. [] or [Prepared]] && id.All(char.IsAsciiHexDigitLower)
        && ObjectName.IsValid(name)
            ? (id, name)
            : null;

    /// <summary>Whether an alias is that of a prepared endpoint.</summary>
    public static bool IsPrepared(string? alias) => Read(alias) is not null && alias!.EndsWith($" {Prepared}", StringComparison.Ordinal);
}
