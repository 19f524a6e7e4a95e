namespace BridgeNet.Runtimes.Netavark;

/// <summary>A call that netavark's caller gets as <c>{"error":"…"}</c>.</summary>
internal sealed class NetavarkException : BridgeNetException
{
    public NetavarkException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
