namespace BridgeNet.Cli.Demo;

/// <summary>Undoes steps in the end, the last one first. A failure does not stop the others.</summary>
internal sealed class Undoing
{
    private readonly Stack<(string What, Action Undo)> _steps = new();

    /// <summary>Remembers a thing to undo.</summary>
    /// <param name="what">What it is, for the error.</param>
    /// <param name="undo">Undoes it.</param>
    public void Add(string what, Action undo) => _steps.Push((what, undo));

    /// <summary>Remembers a thing to dispose of.</summary>
    public T Own<T>(T thing)
        where T : IDisposable
    {
        Add(typeof(T).Name, thing.Dispose);
        return thing;
    }

    /// <summary>Undoes everything.</summary>
    /// <returns>What failed, in words.</returns>
    public IReadOnlyList<string> UndoAll()
    {
        List<string> failures = [];
        while (_steps.TryPop(out (string What, Action Undo) step))
        {
            try
            {
                step.Undo();
            }
            catch (Exception error) when (error is BridgeNetException or IOException or UnauthorizedAccessException)
            {
                failures.Add($"{step.What}: {error.Message}");
            }
        }
        return failures;
    }
}
