namespace BridgeNet.Cli;

/// <summary>Options contradict each other, or a value turns out to be wrong only beside the others.</summary>
internal sealed class UsageException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Reads the command line. A FormatException becomes a usage error.</summary>
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
