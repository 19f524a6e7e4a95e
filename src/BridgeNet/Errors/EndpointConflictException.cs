namespace BridgeNet;

/// <summary>Something that exists already is in the way of the requested endpoint.</summary>
public sealed class EndpointConflictException : BridgeNetException
{
    /// <summary>Names the endpoint, what it collides with, and the way out.</summary>
    public EndpointConflictException(string name, string reason, Exception? innerException = null)
        : base($"endpoint {name}: {reason}", innerException) => Name = name;

    /// <summary>The endpoint's name.</summary>
    public string Name { get; }
}
