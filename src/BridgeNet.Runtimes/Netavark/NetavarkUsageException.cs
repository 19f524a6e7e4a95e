namespace BridgeNet.Runtimes.Netavark;

/// <summary>Arguments that make no sense.</summary>
internal sealed class NetavarkUsageException : Exception
{
    public NetavarkUsageException(string message)
        : base(message)
    {
    }
}
