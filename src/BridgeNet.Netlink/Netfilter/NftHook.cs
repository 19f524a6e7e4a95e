namespace BridgeNet.Netlink.Netfilter;

/// <summary>Where packets enter a base chain, and when.</summary>
public sealed record NftHook
{
    /// <summary>Where.</summary>
    public required NftHookPoint Point { get; init; }

    /// <summary>Its place among the chains of the hook, the lowest first; one of <see cref="NftPriority"/> or beside it.</summary>
    public required int Priority { get; init; }

    /// <summary>The devices, for ingress and egress; empty elsewhere.</summary>
    public ValueList<string> Devices { get; init; }
}
