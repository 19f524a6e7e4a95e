namespace BridgeNet.Announcing;

/// <summary>Nothing is left to be announced.</summary>
internal sealed class NoAnnouncement : IDisposable
{
    /// <summary>One is enough.</summary>
    public static readonly NoAnnouncement Instance = new();

    private NoAnnouncement()
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
