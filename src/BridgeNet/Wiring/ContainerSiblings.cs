using BridgeNet.State;

namespace BridgeNet.Wiring;

/// <summary>The other endpoints of an endpoint's container.</summary>
internal sealed class ContainerSiblings(StateDirectory state, EndpointState endpoint)
{
    /// <summary>The prefix of these locks' names; see <see cref="InTurn"/>.</summary>
    public const string LockPrefix = "container-";

    /// <summary>Changes something that all endpoints of a container share, one caller at a time.</summary>
    /// <param name="action">Gets the endpoints that are made, being made or being taken down.</param>
    public void InTurn(Action<IReadOnlyList<EndpointState>> action)
    {
        string name = LockPrefix + SandboxIdentity.Format(endpoint.SandboxIdentity);
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

    private EndpointState[] List() =>
    [
        .. from listed in state.Endpoints.All()
           let other = listed.Record
           where !string.Equals(other.Id, endpoint.Id, StringComparison.Ordinal)
               && other.SandboxIdentity == endpoint.SandboxIdentity
               && (other.SandboxCookie is null || endpoint.SandboxCookie is null || other.SandboxCookie == endpoint.SandboxCookie)
           select other,
    ];
}
