namespace BridgeNet;

/// <summary>There is no network of that name.</summary>
public sealed class NetworkNotFoundException : BridgeNetException
{
    /// <summary>Names the network.</summary>
    public NetworkNotFoundException(string name)
        : base($"network {name}: there is none of that name") => Name = name;

    /// <summary>The name.</summary>
    public string Name { get; }
}
