namespace BridgeNet;

/// <summary>How a network of one family stands to the world outside it. The names are those of Docker's gateway_mode options.</summary>
public enum GatewayMode
{
    /// <summary>nat: containers hide behind the host; nobody outside reaches them but by published ports.</summary>
    Nat,

    /// <summary>nat-unprotected: as nat, but who has a route to a container's address reaches every port of it.</summary>
    NatUnprotected,

    /// <summary>routed: no address translation. A published port lets packets to the container's own address and port in. ICMP comes in.</summary>
    Routed,

    /// <summary>isolated: the bridge has no address, so that containers reach only each other; of internal networks only.</summary>
    Isolated,
}
