namespace BridgeNet.Runtimes.Cni;

/// <summary>Steps of a teardown. A failed step stops none of those after it, whatever it throws; <see cref="Finish"/> throws in the end.</summary>
internal sealed class CniTeardown
{
    private readonly List<Exception> _failures = [];

    /// <summary>Runs a step.</summary>
    public CniTeardown Then(Action step)
    {
        try
        {
            step();
        }
        catch (Exception error)
        {
            _failures.Add(error);
        }
        return this;
    }

    /// <summary>Throws if a step failed.</summary>
    /// <exception cref="CniException">The first failure's code, and the words of all.</exception>
    public void Finish()
    {
        if (_failures.Count > 0)
        {
            CniException first = CniException.From(_failures[0]);
            throw new CniException(
                first.Code, string.Join("; ", _failures.Select(failure => CniException.From(failure).Message)), first.Details, _failures[0]);
        }
    }
}
