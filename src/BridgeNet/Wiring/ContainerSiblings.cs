using BridgeNet.Netlink.Route;
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

    /// <summary>Refuses a second endpoint of one network, because only one of the two addresses would answer.</summary>
    /// <param name="host">The host's socket. An endpoint without a link is an earlier container's.</param>
    /// <param name="others">The other endpoints; null to read them.</param>
    /// <exception cref="EndpointConflictException">The container has an endpoint of this network.</exception>
    public void RefuseTwin(RouteSocket host, IReadOnlyList<EndpointState>? others = null)
    {
        EndpointState? twin = (others ?? List()).FirstOrDefault(other =>
            string.Equals(other.Network, endpoint.Network, StringComparison.Ordinal)
            && state.Endpoints.IsDone(other.Id)
            && host.TryGetIndex(other.HostInterface) is not null);
        if (twin is not null)
        {
            throw new EndpointConflictException(
                endpoint.Name, $"the container is on network {endpoint.Network} as endpoint {twin.Name}: take another network, or detach that one");
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
