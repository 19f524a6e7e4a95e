namespace BridgeNet;

/// <summary>A requested host port is taken.</summary>
public sealed class PortConflictException : BridgeNetException
{
    /// <summary>Names the port and its holder.</summary>
    public PortConflictException(PublishedPort port, string holder, Exception? innerException = null)
        : base($"host port {port}: {holder}", innerException) => Port = port;

    /// <summary>The port.</summary>
    public PublishedPort Port { get; }
}
