namespace BridgeNet;

/// <summary>There is no endpoint of that id or name.</summary>
public sealed class EndpointNotFoundException : BridgeNetException
{
    /// <summary>Names the id or name.</summary>
    public EndpointNotFoundException(string idOrName)
        : base($"endpoint {idOrName}: there is none of that id or name") => IdOrName = idOrName;

    /// <summary>The id or name.</summary>
    public string IdOrName { get; }
}
