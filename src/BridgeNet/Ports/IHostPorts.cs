namespace BridgeNet.Ports;

/// <summary>What a host tells of its ports.</summary>
internal interface IHostPorts
{
    /// <summary>Whether programs can bind a port at all addresses of IPv6.</summary>
    bool HasIPv6 { get; }

    /// <summary>The ports to choose from if the caller names none.</summary>
    EphemeralPorts Ephemeral { get; }

    /// <summary>Why a program of the host prevents publishing a port or range; null if none does.</summary>
    /// <exception cref="ConfigurationException">The address is not the host's.</exception>
    PortRefusal? Refusal(PublishedPort port);
}
