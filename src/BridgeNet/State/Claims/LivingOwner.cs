namespace BridgeNet.State;

/// <summary>This process as an owner of endpoints: a lock that it holds while it lives. Made when the first endpoint needs it.</summary>
internal sealed class LivingOwner(LockDirectory owners) : IDisposable
{
    private readonly Lock _gate = new();
    private HeldLock? _held;
    private string? _id;

    private int _owned;

    /// <summary>Counts one more endpoint that is to end with this process.</summary>
    /// <returns>The name of the lock, for the endpoint's record.</returns>
    public string Take()
    {
        lock (_gate)
        {
            if (_id is null)
            {
                string id = DrawnId.Long();
                _held = owners.Acquire(id);
                _id = id;
            }
            _owned++;
            return _id;
        }
    }

    /// <summary>Whether the name of a lock is this process's.</summary>
    public bool Is(string id) => string.Equals(_id, id, StringComparison.Ordinal);

    /// <summary>Counts one endpoint less.</summary>
    public void Release()
    {
        lock (_gate)
        {
            _owned--;
        }
    }

    /// <summary>Ends the ownership: what is still owned is for gc, which finds it by the lock's file.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_id is not null && _owned == 0)
            {
                owners.Remove(_id);
            }
            _id = null;
            _held?.Dispose();
        }
    }
}
