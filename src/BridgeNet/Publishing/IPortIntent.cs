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

    /// <summary>Writes down what the change of the endpoint's ports intends.</summary>
    /// <param name="bare">The endpoint before the change.</param>
    /// <param name="change">The change.</param>
    void Intend(EndpointState bare, PortChange change);

    /// <summary>The endpoint is otherwise than it was written. That is written too when it is committed.</summary>
    void Settle(EndpointState after);
}
