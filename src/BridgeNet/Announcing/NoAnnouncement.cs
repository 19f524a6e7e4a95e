namespace BridgeNet.Announcing;

/// <summary>An announcement with nothing left to send.</summary>
internal sealed class NoAnnouncement : IDisposable
{
    /// <summary>The only instance.</summary>
    public static readonly NoAnnouncement Instance = new();

    private NoAnnouncement()
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
