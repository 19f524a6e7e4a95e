using BridgeNet.Native;

namespace BridgeNet.Namespaces;

/// <summary>Turns EPERM into words that say which capability is missing.</summary>
internal static class Privilege
{
    /// <summary>Does something that needs CAP_NET_ADMIN in the host's namespace.</summary>
    /// <param name="operation">What it is, for the error's text.</param>
    /// <param name="function">What to do.</param>
    /// <exception cref="PrivilegeException">The capability is missing.</exception>
    public static T Explain<T>(string operation, Func<T> function)
    {
        try
        {
            return function();
        }
        catch (KernelException error) when (error.Errno is Errno.EPERM)
        {
            throw new PrivilegeException(operation, "CAP_NET_ADMIN", error);
        }
    }
}
