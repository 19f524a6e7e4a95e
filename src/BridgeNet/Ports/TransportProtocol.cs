namespace BridgeNet;

/// <summary>The protocols that have ports, by their numbers in the IP header.</summary>
public enum TransportProtocol
{
    /// <summary>TCP, 6.</summary>
    Tcp = 6,

    /// <summary>UDP, 17.</summary>
    Udp = 17,

    /// <summary>SCTP, 132.</summary>
    Sctp = 132,
}
