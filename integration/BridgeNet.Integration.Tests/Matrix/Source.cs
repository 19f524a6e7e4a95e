namespace BridgeNet.Integration.Tests.Matrix;

/// <summary>Whose address a packet comes from.</summary>
internal enum Source
{
    /// <summary>None came.</summary>
    None,

    /// <summary>The container's own.</summary>
    Container,

    /// <summary>That of the interface by which it left the host.</summary>
    Host,

    /// <summary>That which the network's definition names.</summary>
    Chosen,

    /// <summary>Somebody else's.</summary>
    Unknown,
}
