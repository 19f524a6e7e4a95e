#pragma warning disable IDE0130 // the root of the errors of every package: it belongs to no layer's namespace

namespace BridgeNet;

/// <summary>What every error of BridgeNet derives from; it is never thrown itself.</summary>
public abstract class BridgeNetException : Exception
{
    /// <summary>An error that one line explains.</summary>
    /// <param name="message">One line: the thing, and the way out.</param>
    /// <param name="innerException">What led to it.</param>
    protected BridgeNetException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
