namespace BridgeNet;

/// <summary>A network cannot be as defined because of what is there already.</summary>
public sealed class NetworkConflictException : BridgeNetException
{
    /// <summary>Names the network, what it collides with, and the way out.</summary>
    public NetworkConflictException(string name, string reason)
        : base($"network {name}: {reason}") => Name = name;

    /// <summary>The network's name.</summary>
    public string Name { get; }
}
