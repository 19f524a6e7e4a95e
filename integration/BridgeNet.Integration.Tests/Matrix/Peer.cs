namespace BridgeNet.Integration.Tests.Matrix;

/// <summary>Who asks.</summary>
internal enum Peer
{
    /// <summary>A program of the host.</summary>
    Host,

    /// <summary>Somebody in the world, who has a route to the container's own address.</summary>
    Outside,

    /// <summary>A container of the same network.</summary>
    SameNetwork,

    /// <summary>A container of another network, one of all defaults.</summary>
    OtherNetwork,

    /// <summary>The container itself.</summary>
    Itself,
}
