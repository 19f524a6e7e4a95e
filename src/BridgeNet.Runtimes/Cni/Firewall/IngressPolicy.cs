namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>Which other containers may reach those of a bridge: the key <c>ingressPolicy</c>.</summary>
internal enum IngressPolicy
{
    /// <summary>open: all.</summary>
    Open,

    /// <summary>same-bridge: none of other bridges that have a policy.</summary>
    SameBridge,

    /// <summary>isolated: also none of the same bridge that has the policy isolated.</summary>
    Isolated,
}
