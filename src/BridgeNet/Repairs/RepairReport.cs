using System.Text.Json.Serialization;

using BridgeNet.Netlink;

namespace BridgeNet;

/// <summary>What a repair found and did.</summary>
public sealed record RepairReport
{
    /// <summary>What was missing or wrong and is right now, a line each: <c>network bridge: docker0 lacked 172.17.0.1/16</c>.</summary>
    [JsonConverter(typeof(ValueListJsonConverter<string>))]
    public ValueList<string> Restored { get; init; }

    /// <summary>The names of endpoints that were ended because their namespace is gone; their addresses and ports are free.</summary>
    [JsonConverter(typeof(ValueListJsonConverter<string>))]
    public ValueList<string> Ended { get; init; }

    /// <summary>What is wrong and cannot be repaired, with reason and way out, a line each.</summary>
    [JsonConverter(typeof(ValueListJsonConverter<string>))]
    public ValueList<string> BeyondRepair { get; init; }

    /// <summary>Whether there was nothing to repair.</summary>
    public bool IsClean => Restored.Count + Ended.Count + BeyondRepair.Count == 0;
}
