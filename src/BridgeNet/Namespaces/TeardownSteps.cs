namespace BridgeNet.Namespaces;

/// <summary>The steps of a teardown. Each one runs, even if earlier ones failed.</summary>
internal sealed class TeardownSteps
{
    private readonly List<Exception> _failures = [];

    /// <summary>Whether a step failed.</summary>
    public bool HaveFailed => _failures.Count > 0;

    /// <summary>The failures, in the order of the steps.</summary>
    public IReadOnlyList<Exception> Failures => _failures;

    /// <summary>Whether all failures mean missing privilege: then nothing was taken down.</summary>
    public bool WereForbidden => _failures.Count > 0 && _failures.TrueForAll(Privilege.WasMissing);

    /// <summary>Runs a step and keeps its failure for <see cref="ThrowIfFailed"/>.</summary>
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

    /// <summary>Keeps a failure that was found and not thrown.</summary>
    public void Add(Exception failure) => _failures.Add(failure);

    /// <summary>Throws if a step failed.</summary>
    /// <param name="thing">What was to be taken down.</param>
    /// <param name="ended">The names of what was ended all the same.</param>
    /// <exception cref="TeardownException">A step failed.</exception>
    public void ThrowIfFailed(string thing, IReadOnlyList<string>? ended = null)
    {
        if (_failures.Count > 0)
        {
            throw new TeardownException(thing, _failures) { Ended = ended ?? [] };
        }
    }
}
