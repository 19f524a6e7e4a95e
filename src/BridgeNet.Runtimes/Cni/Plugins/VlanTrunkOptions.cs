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
}
