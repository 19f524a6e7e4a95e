namespace BridgeNet.Cli;

/// <summary>Options that were each understood do not go together, or one's value was only then seen to be wrong.</summary>
internal sealed class UsageException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>A reading of the command line; what is wrong with it becomes a usage error.</summary>
    /// <exception cref="UsageException">It cannot be understood.</exception>
    public static T Explain<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException error)
        {
            throw new UsageException(error.Message, error);
        }
    }
}
