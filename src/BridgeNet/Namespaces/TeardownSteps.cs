namespace BridgeNet.Namespaces;

/// <summary>The steps of a teardown: each is tried, whatever became of those before it.</summary>
internal sealed class TeardownSteps
{
    private readonly List<Exception> _failures = [];

    /// <summary>Whether a step failed.</summary>
    public bool HaveFailed => _failures.Count > 0;

    /// <summary>What failed, in the order of the steps.</summary>
    public IReadOnlyList<Exception> Failures => _failures;

    /// <summary>Whether steps failed for want of privilege and none for another reason: then nothing was taken down.</summary>
    public bool WereForbidden => _failures.Count > 0 && _failures.TrueForAll(Privilege.WasMissing);

    /// <summary>Takes a step; a failure is kept for <see cref="ThrowIfFailed"/>.</summary>
    public void Try(Action step)
    {
        try
        {
            step();
        }
        catch (BridgeNetException error)
        {
            _failures.Add(error);
        }
    }

    /// <summary>Tells of all failures.</summary>
    /// <exception cref="TeardownException">A step failed.</exception>
    public void ThrowIfFailed(string thing)
    {
        if (_failures.Count > 0)
        {
            throw new TeardownException(thing, _failures);
        }
    }
}
