using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Runtimes.Docker.Plugin;

/// <summary>The links of the host.</summary>
/// <param name="hostNamespace">The host's namespace; null for the caller's own.</param>
internal sealed class HostLinks(NetworkNamespace? hostNamespace)
{
    /// <summary>
    /// The endpoints of Docker whose interface is on the host: Docker has not moved it into a container yet, or has moved it back and never ended the
    /// endpoint.
    /// </summary>
    public IReadOnlyList<Endpoint> Waiting(IEnumerable<Endpoint> endpoints)
    {
        using RouteSocket host = Open();
        HashSet<InterfaceName> links = [.. host.ListLinks(hasStatistics: false).Select(link => link.Name)];
        return
        [
            .. from endpoint in endpoints
               where DockerNames.AreDockers(endpoint.Name) && endpoint.SandboxPath.Length == 0 && links.Contains(endpoint.InterfaceName)
               select endpoint,
        ];
    }

    private RouteSocket Open() => hostNamespace is null ? RouteSocket.Open() : hostNamespace.Run(RouteSocket.Open);
}
