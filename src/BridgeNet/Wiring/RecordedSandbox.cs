using BridgeNet.State;

namespace BridgeNet.Wiring;

/// <summary>The container of a recorded endpoint.</summary>
internal static class RecordedSandbox
{
    /// <summary>Opens its namespace, if the recorded path still leads to it.</summary>
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
            // the file does not exist any more
        }
        sandbox?.Dispose();
        return null;
    }

    /// <summary>Whether the namespace exists and its path leads to it.</summary>
    public static bool IsThere(EndpointState endpoint)
    {
        using NetworkNamespace? sandbox = TryOpen(endpoint);
        return sandbox is not null;
    }
}
