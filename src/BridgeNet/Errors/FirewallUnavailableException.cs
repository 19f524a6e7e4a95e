namespace BridgeNet;

/// <summary>The packet rules cannot be loaded.</summary>
public sealed class FirewallUnavailableException : BridgeNetException
{
    /// <summary>Names the reason and the way out.</summary>
    public FirewallUnavailableException(string reason, Exception? innerException = null)
        : base($"packet rules: {reason}", innerException)
    {
    }
}
