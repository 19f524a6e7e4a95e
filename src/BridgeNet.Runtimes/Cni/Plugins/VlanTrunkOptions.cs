using System.Text.Json;

namespace BridgeNet.Runtimes.Cni;

/// <summary>A range of the key <c>vlanTrunk</c>, or one VLAN.</summary>
internal sealed record VlanTrunkOptions
{
    /// <summary>The VLAN.</summary>
    public int? Id { get; init; }

    /// <summary>The first VLAN.</summary>
    public int? MinID { get; init; }

    /// <summary>The last VLAN.</summary>
    public int? MaxID { get; init; }

    /// <summary>Reads it by hand, as <see cref="IJsonShape{TSelf}.Read"/> does.</summary>
    public static VlanTrunkOptions Read(JsonElement json) => json.Fold(new VlanTrunkOptions(), static (options, name, value) => name switch
    {
        "id" => options with { Id = value.Number() },
        "minid" => options with { MinID = value.Number() },
        "maxid" => options with { MaxID = value.Number() },
        _ => options,
    });
}
