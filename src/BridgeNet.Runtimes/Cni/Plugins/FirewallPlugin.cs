using BridgeNet.Netlink.Route;
using BridgeNet.Runtimes.Cni.Firewall;

namespace BridgeNet.Runtimes.Cni;

/// <summary>firewall: lets a container through host firewalls that drop forwarded packets, and isolates bridges on request.</summary>
/// <param name="unsaid">The layout where the configuration names none.</param>
internal sealed class FirewallPlugin(ICniLayout unsaid) : ICniPlugin
{
    /// <inheritdoc/>
    public string Name => "firewall";

    /// <inheritdoc/>
    public CniVersion OldestVersion => CniVersion.V0_4_0;

    /// <inheritdoc/>
    public bool IsChained => true;

    /// <inheritdoc/>
    public CniResult Add(CniCall call)
    {
        FirewallOptions options = call.Options<FirewallOptions>();
        ICniLayout layout = options.LayoutOr(unsaid);
        if (options.RequestOf(call) is { } request)
        {
            if (request.Policy is IngressPolicy.Isolated && IsolatedPortOf(call) is { BridgePort.Isolated: not true } port)
            {
                call.Route.Batch().ChangeLink(
                    LinkSelector.ByIndex(port.Index), new LinkChange { BridgePort = new BridgePortSettings { Isolated = true } }).Execute();
            }
            new ForwardAccept(call.Netfilter).Add(call.Owner, request, layout);
        }
        return call.Previous!;
    }

    /// <inheritdoc/>
    public void Delete(CniCall call) =>
        new ForwardAccept(call.Netfilter).Remove(call.Owner, [.. (call.Previous?.Addresses ?? []).Select(address => address.Address)]);

    /// <inheritdoc/>
    public void Check(CniCall call)
    {
        FirewallOptions options = call.Options<FirewallOptions>();
        _ = options.LayoutOr(unsaid);
        ForwardRequest? request = options.RequestOf(call);
        ForwardAccept accept = new(call.Netfilter);
        if (request is not null && !accept.IsThere(call.Owner, request.Containers))
        {
            throw new CniException(CniErrorCode.NotAsAdded, $"firewall: rules of container {call.Environment.ContainerId} are gone");
        }
        // the reference, which may have added the container, isolates no ports
        if (request?.Policy is IngressPolicy.Isolated && accept.IsOwn(call.Owner) && IsolatedPortOf(call) is { BridgePort.Isolated: not true } port)
        {
            throw new CniException(CniErrorCode.NotAsAdded, $"firewall: port {port.Name} is not isolated any more");
        }
    }

    /// <inheritdoc/>
    public void CollectGarbage(CniCall call) => new ForwardAccept(call.Netfilter)
        .RemoveAllBut(call.Network, call.ValidOwners);

    /// <summary>
    /// The container's port of its bridge, which the policy isolated separates from other such ports: packets within a bridge pass no rule of the
    /// host's firewall unless br_netfilter is loaded. Null if the host routes to its containers one by one.
    /// </summary>
    private static Link? IsolatedPortOf(CniCall call) =>
        ResultLinks.HostEndOf(call, call.Previous!) is { Master: not null } port ? port : null;
}
