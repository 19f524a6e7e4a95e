using BridgeNet.State;

namespace BridgeNet.Wiring;

/// <summary>The container of an endpoint that is written down.</summary>
internal static class RecordedSandbox
{
    /// <summary>Its namespace, if the path in the record still leads to it.</summary>
    public static NetworkNamespace? TryOpen(EndpointState endpoint)
    {
        NetworkNamespace? sandbox = null;
        try
        {
            sandbox = NetworkNamespace.Open(endpoint.SandboxPath);
            if (sandbox.Identity == endpoint.SandboxIdentity)
            {
                return sandbox;
            }
        }
        catch (NamespaceException)
        {
            // no such file any more
        }
        sandbox?.Dispose();
        return null;
    }

    /// <summary>Whether it is there and can be reached by its path.</summary>
    public static bool IsThere(EndpointState endpoint)
    {
        using NetworkNamespace? sandbox = TryOpen(endpoint);
        return sandbox is not null;
    }
}
