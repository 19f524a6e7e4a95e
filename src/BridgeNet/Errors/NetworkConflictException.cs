namespace BridgeNet;

/// <summary>Something that exists already is in the way of the defined network.</summary>
public sealed class NetworkConflictException : BridgeNetException
{
    /// <summary>Names the network, what it collides with, and the way out.</summary>
    public NetworkConflictException(string name, string reason)
        : base($"network {name}: {reason}") => Name = name;

    /// <summary>The network's name.</summary>
    public string Name { get; }
}
