using System.ComponentModel;
using System.Text.Json.Serialization;

namespace BridgeNet;

/// <summary>How a network of one family is connected to the outside. The names are those of Docker's gateway_mode options.</summary>
[JsonConverter(typeof(GatewayModeJsonConverter))]
[TypeConverter(typeof(GatewayModeConverter))]
public enum GatewayMode
{
    /// <summary>nat: the host's address hides the containers; from outside, only published ports are reachable.</summary>
    Nat,

    /// <summary>nat-unprotected: as nat, but anyone with a route to a container's address reaches all its ports.</summary>
    NatUnprotected,

    /// <summary>routed: no address translation. A published port lets packets to the container's own address and port in. ICMP comes in.</summary>
    Routed,

    /// <summary>isolated: the bridge has no address, so containers reach only each other; for internal networks only.</summary>
    Isolated,
}
