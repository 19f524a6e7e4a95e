namespace BridgeNet.Runtimes.Cni;

/// <summary>Steps of a teardown, none of which is left out because one before it failed.</summary>
internal sealed class CniTeardown
{
    private readonly List<Exception> _failures = [];

    /// <summary>Does a step.</summary>
    public CniTeardown Then(Action step)
    {
        try
        {
            step();
        }
        catch (Exception error) when (error is BridgeNetException or IOException or UnauthorizedAccessException)
        {
            _failures.Add(error);
        }
        return this;
    }

    /// <summary>Tells what failed.</summary>
    /// <exception cref="CniException">The first failure's code, and the words of all.</exception>
    public void Finish()
    {
        if (_failures.Count > 0)
        {
            CniException first = CniException.From(_failures[0]);
            throw new CniException(first.Code, string.Join("; ", _failures.Select(failure => failure.Message)), first.Details, _failures[0]);
        }
    }
}
