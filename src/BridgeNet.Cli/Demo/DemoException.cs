namespace BridgeNet.Cli.Demo;

/// <summary>The demo found something other than expected.</summary>
internal sealed class DemoException : BridgeNetException
{
    /// <summary>Names what was expected, and what came instead.</summary>
    public DemoException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
