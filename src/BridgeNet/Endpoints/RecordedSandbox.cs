using BridgeNet.State;

namespace BridgeNet.Endpoints;

/// <summary>The container of an endpoint that is written down.</summary>
internal static class RecordedSandbox
{
    /// <summary>Its namespace, if the path in the record still leads to it.</summary>
    public static NetworkNamespace? TryOpen(EndpointRecord record)
    {
        NetworkNamespace? sandbox = null;
        try
        {
            sandbox = NetworkNamespace.Open(record.Sandbox);
            if (string.Equals(EndpointMapping.IdentityOf(sandbox), record.SandboxIdentity, StringComparison.Ordinal))
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
    public static bool IsThere(EndpointRecord record)
    {
        using NetworkNamespace? sandbox = TryOpen(record);
        return sandbox is not null;
    }
}
