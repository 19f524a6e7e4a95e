namespace BridgeNet;

/// <summary>Something that was not as it is to be.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Text">What was wrong, and of what stays so, why and the way out: <c>docker0 lacked 172.17.0.1/16</c>.</param>
public sealed record RepairFinding(RepairKind Kind, string Text)
{
    /// <summary>The network's name; null if it is about no network, as a chain of the packet rules.</summary>
    public string? Network { get; init; }

    /// <summary>The endpoint's name; null if it is about no endpoint.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The line for people: <c>network bridge: docker0 lacked 172.17.0.1/16</c>.</summary>
    public override string ToString() =>
        Endpoint is not null ? $"endpoint {Endpoint}: {Text}" : Network is not null ? $"network {Network}: {Text}" : Text;
}
