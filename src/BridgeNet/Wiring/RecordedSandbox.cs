using BridgeNet.Host;
using BridgeNet.Netlink.Route;
using BridgeNet.State;

namespace BridgeNet.Wiring;

/// <summary>The container of a recorded endpoint.</summary>
internal static class RecordedSandbox
{
    /// <summary>Opens its namespace, if the recorded path still leads to it and not to one that has got its inode's number since.</summary>
    public static NetworkNamespace? TryOpen(EndpointState endpoint)
    {
        NetworkNamespace? sandbox = TryOpenAlike(endpoint);
        if (sandbox is not null && endpoint.SandboxCookie is not null)
        {
            using RouteSocket inside = sandbox.OpenRoute();
            if (!IsOf(endpoint, inside))
            {
                sandbox.Dispose();
                return null;
            }
        }
        return sandbox;
    }

    /// <summary>As <see cref="TryOpen"/>, for callers who open a socket in it and ask <see cref="IsOf"/> themselves.</summary>
    public static NetworkNamespace? TryOpenAlike(EndpointState endpoint)
    {
        if (endpoint.IsPrepared)
        {
            return null; // only its runtime knows
        }
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

    /// <summary>Whether a socket is of the endpoint's namespace and not of another that has got its inode's number since.</summary>
    public static bool IsOf(EndpointState endpoint, RouteSocket inside) =>
        endpoint.SandboxCookie is not { } cookie || inside.NamespaceCookie is not { } now || (long)now == cookie;

    /// <summary>Whether the namespace exists and its path leads to it.</summary>
    public static bool IsThere(EndpointState endpoint)
    {
        using NetworkNamespace? sandbox = TryOpen(endpoint);
        return sandbox is not null;
    }
}
