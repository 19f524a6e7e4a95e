namespace BridgeNet;

/// <summary>The network still has endpoints, so it cannot be removed.</summary>
public sealed class NetworkInUseException : BridgeNetException
{
    /// <summary>Names the network and its endpoints.</summary>
    public NetworkInUseException(string name, IReadOnlyCollection<string> endpoints)
        : base($"network {name}: it has endpoints ({string.Join(", ", endpoints)}): detach them first") => Name = name;

    /// <summary>The network's name.</summary>
    public string Name { get; }
}
