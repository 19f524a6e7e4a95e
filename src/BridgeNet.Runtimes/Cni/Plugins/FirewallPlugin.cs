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
        if (options.RequestOf(call) is { } request && !new ForwardAccept(call.Netfilter).IsThere(call.Owner, request.Containers))
        {
            throw new CniException(CniErrorCode.NotAsAdded, $"firewall: rules of container {call.Environment.ContainerId} are gone");
        }
    }

    /// <inheritdoc/>
    public void CollectGarbage(CniCall call) => new ForwardAccept(call.Netfilter)
        .RemoveAllBut(call.Network, call.ValidOwners);
}
