namespace BridgeNet.Cli.Demo;

/// <summary>Something that the demo shows is not so.</summary>
internal sealed class DemoException : BridgeNetException
{
    /// <summary>Names what was expected, and what came instead.</summary>
    public DemoException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
