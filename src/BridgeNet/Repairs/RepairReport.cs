using System.Text.Json.Serialization;

using BridgeNet.Netlink;

namespace BridgeNet;

/// <summary>What a repair found and did, or what a check found and repair would do.</summary>
public sealed record RepairReport
{
    /// <summary>All of it, in the order in which it was found.</summary>
    [JsonConverter(typeof(ValueListJsonConverter<RepairFinding>))]
    public ValueList<RepairFinding> Findings { get; init; }

    /// <summary>What was missing or wrong and is right now.</summary>
    [JsonIgnore]
    public IReadOnlyList<RepairFinding> Restored => Of(RepairKind.Restored);

    /// <summary>The endpoints that were ended because their namespace is gone; their addresses and ports are free.</summary>
    [JsonIgnore]
    public IReadOnlyList<RepairFinding> Ended => Of(RepairKind.Ended);

    /// <summary>What is wrong and cannot be repaired, with reason and way out.</summary>
    [JsonIgnore]
    public IReadOnlyList<RepairFinding> BeyondRepair => Of(RepairKind.BeyondRepair);

    /// <summary>Whether there was nothing to repair.</summary>
    [JsonIgnore]
    public bool IsClean => Findings.Count == 0;

    private RepairFinding[] Of(RepairKind kind) => [.. Findings.Where(finding => finding.Kind == kind)];
}
