namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>Who may speak to containers of a bridge, as the key <c>ingressPolicy</c>.</summary>
internal enum IngressPolicy
{
    /// <summary>open: everybody.</summary>
    Open,

    /// <summary>same-bridge: not containers of other bridges that are not open.</summary>
    SameBridge,

    /// <summary>isolated: nor those of the same bridge.</summary>
    Isolated,
}
