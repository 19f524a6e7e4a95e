using BridgeNet.Native;

namespace BridgeNet.Namespaces;

/// <summary>Translates EPERM into an error that names the missing capability.</summary>
internal static class Privilege
{
    /// <summary>Runs something that needs CAP_NET_ADMIN in the host's namespace.</summary>
    /// <param name="operation">The operation, for the error's text.</param>
    /// <param name="function">The function to run.</param>
    /// <exception cref="PrivilegeException">The capability is missing.</exception>
    public static T Explain<T>(string operation, Func<T> function)
    {
        try
        {
            return function();
        }
        catch (BridgeNetException error) when (error is not PrivilegeException && WasMissing(error))
        {
            string capability = (error as TeardownException)?.Failures.OfType<PrivilegeException>().FirstOrDefault()?.Capability ?? "CAP_NET_ADMIN";
            throw new PrivilegeException(operation, capability, error);
        }
    }

    /// <summary>Whether a failure means a missing capability, and nothing else.</summary>
    public static bool WasMissing(Exception error) => error switch
    {
        PrivilegeException => true,
        KernelException { Errno: Errno.EPERM } => true,
        TeardownException teardown => teardown.Failures.All(WasMissing),
        _ => false,
    };
}
