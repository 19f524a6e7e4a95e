using BridgeNet.State;

namespace BridgeNet.Publishing;

/// <summary>An endpoint whose ports are about to be published. What is written here is on disk before the kernel is touched.</summary>
internal interface IPortIntent
{
    /// <summary>The endpoint as it was last written.</summary>
    EndpointState Endpoint { get; }

    /// <summary>What is asked for.</summary>
    IReadOnlyList<PortSpec> Publish { get; }

    /// <summary>Whether the endpoint is being attached: then its guards come with its ports.</summary>
    bool IsNew { get; }

    /// <summary>Writes the endpoint down as it is to be.</summary>
    void Write(EndpointState intended);
}
