namespace BridgeNet.Integration.Tests.Matrix;

/// <summary>What is asked of the container.</summary>
internal enum Door
{
    /// <summary>TCP to the published port, at an address of the host that the world knows.</summary>
    HostPort,

    /// <summary>TCP to the published port at 127.0.0.1 of the host; who is not the host bends his routes to send that there. IPv4 alone.</summary>
    LoopbackPort,

    /// <summary>TCP to the container's own address, at a port that is published.</summary>
    PublishedPort,

    /// <summary>TCP to the container's own address, at a port that is not.</summary>
    UnpublishedPort,

    /// <summary>ICMP echo to the container's own address.</summary>
    Ping,
}
