using System.Text.Json.Serialization;

namespace BridgeNet;

/// <summary>What became of something that was not as it is to be.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RepairKind>))]
public enum RepairKind
{
    /// <summary>It was missing or wrong and is right now; of a check, repair would restore it.</summary>
    Restored,

    /// <summary>An endpoint was ended because its namespace is gone; of a check, repair would end it.</summary>
    Ended,

    /// <summary>It is wrong, and BridgeNet cannot repair it. The text has the reason and the way out.</summary>
    BeyondRepair,
}
