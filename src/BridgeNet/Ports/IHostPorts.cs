namespace BridgeNet.Ports;

/// <summary>What a host says of its ports.</summary>
internal interface IHostPorts
{
    /// <summary>Whether a port can be bound at all addresses of IPv6.</summary>
    bool HasIPv6 { get; }

    /// <summary>The ports from which one is chosen when nobody asked for one.</summary>
    EphemeralPorts Ephemeral { get; }

    /// <summary>Why a port, or one of a range, cannot be published because of the host's own programs; null if it can.</summary>
    /// <exception cref="ConfigurationException">The address is not the host's.</exception>
    PortRefusal? Refusal(PublishedPort port);
}
