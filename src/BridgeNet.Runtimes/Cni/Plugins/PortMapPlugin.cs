using System.Net.Sockets;

using BridgeNet.Runtimes.Cni.Firewall;

namespace BridgeNet.Runtimes.Cni;

/// <summary>portmap: ports of the host that lead to the container.</summary>
/// <param name="unsaid">The layout where the configuration names none.</param>
internal sealed class PortMapPlugin(ICniLayout unsaid) : ICniPlugin
{
    /// <inheritdoc/>
    public string Name => "portmap";

    /// <inheritdoc/>
    public bool IsChained => true;

    /// <inheritdoc/>
    public CniResult Add(CniCall call)
    {
        PortMapOptions options = call.Options<PortMapOptions>();
        ICniLayout layout = options.LayoutOr(unsaid);
        if (options.RequestOf(call) is { Containers.Count: > 0 } request)
        {
            PortsOf(call).Add(call.Owner, request, layout, call.IsFirst);
            if (request is { Snat: true }
                && request.ContainerOf(isIPv6: false) is { } container
                && request.Mappings.Any(mapping => mapping.IsOf(AddressFamily.InterNetwork)))
            {
                LocalhostRoute.Open(call.Route, container.Address);
            }
        }
        return call.Previous!;
    }

    /// <summary>Removes all ports that an ADD published, even if the configuration names none.</summary>
    public void Delete(CniCall call) => LocalhostRoute.CloseWithLast(call, () => PortsOf(call).Remove(call.Owner, TryRead(call)));

    /// <inheritdoc/>
    public void Check(CniCall call)
    {
        PortMapOptions options = call.Options<PortMapOptions>();
        _ = options.LayoutOr(unsaid);
        if (options.RequestOf(call) is { } request && !PortsOf(call).IsThere(call.Owner, request))
        {
            throw new CniException(CniErrorCode.NotAsAdded, $"portmap: ports of container {call.Environment.ContainerId} are not published any more");
        }
    }

    /// <inheritdoc/>
    public void CollectGarbage(CniCall call) => PortsOf(call)
        .RemoveAllBut(call.Network, call.ValidOwners);

    private static PortMap PortsOf(CniCall call) => new(call.Netfilter, () => call.Route);

    /// <summary>The ports of the configuration; null if it cannot be read: a DEL removes the ports all the same.</summary>
    private static PortMapRequest? TryRead(CniCall call)
    {
        try
        {
            return call.Options<PortMapOptions>().RequestOf(call);
        }
        catch (CniException)
        {
            return null;
        }
    }
}
