using BridgeNet.State;

namespace BridgeNet.Endpoints;

/// <summary>The other endpoints of an endpoint's container.</summary>
internal sealed class ContainerSiblings(StateDirectory state, EndpointRecord record)
{
    /// <summary>What the names of these locks begin with; see <see cref="InTurn"/>.</summary>
    public const string LockPrefix = "container-";

    /// <summary>Does something to what all of them share, while none of the others does.</summary>
    /// <param name="action">Gets those that are made, being made or being taken down.</param>
    public void InTurn(Action<IReadOnlyList<EndpointRecord>> action)
    {
        string name = LockPrefix + record.SandboxIdentity;
        using HeldLock turn = state.Locks.Acquire(name);
        try
        {
            action(List());
        }
        finally
        {
            state.Locks.Remove(name);
        }
    }

    private EndpointRecord[] List() =>
    [
        .. from listed in state.Endpoints.All()
           let other = listed.Record
           where !string.Equals(other.Id, record.Id, StringComparison.Ordinal)
               && string.Equals(other.SandboxIdentity, record.SandboxIdentity, StringComparison.Ordinal)
           select other,
    ];
}
