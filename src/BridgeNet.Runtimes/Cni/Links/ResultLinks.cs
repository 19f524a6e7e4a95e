using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Runtimes.Cni;

/// <summary>Finds the links that a result names.</summary>
internal static class ResultLinks
{
    /// <summary>The host's end of the container's veth.</summary>
    /// <exception cref="CniException">999: the result names none, or it is gone.</exception>
    public static Link HostEndOf(CniCall call, CniResult told)
    {
        using NetworkNamespace sandbox = call.OpenSandbox();
        using RouteSocket inside = sandbox.Run(RouteSocket.Open);
        Link container = inside.TryGetLink(LinkSelector.ByName(call.Environment.InterfaceName))
            ?? throw new CniException(CniErrorCode.Internal, $"the container has no interface {call.Environment.InterfaceName}");
        foreach (CniInterface link in told.Interfaces.Where(link => link.Sandbox is null))
        {
            if (InterfaceName.TryParse(link.Name, null, out InterfaceName name)
                && call.Route.TryGetLink(LinkSelector.ByName(name)) is { Kind: VethKind } found
                && found.Index == container.PeerIndex && found.PeerIndex == container.Index)
            {
                return found;
            }
        }
        throw new CniException(CniErrorCode.Internal, $"no host interface of the container's {call.Environment.InterfaceName} is in prevResult");
    }

    /// <summary>
    /// The host's ends of containers' veths that prevResult names, as far as they are still there: another container's may have the name by now, with
    /// another MAC address. The host's own interface in a VLAN is a veth too, but both its ends are the host's.
    /// </summary>
    public static IEnumerable<Link> HostEndsOf(CniCall call)
    {
        foreach (CniInterface told in call.Previous?.Interfaces.Where(link => link.Sandbox is null) ?? [])
        {
            if (InterfaceName.TryParse(told.Name, null, out InterfaceName name)
                && call.Route.TryGetLink(LinkSelector.ByName(name)) is { Kind: VethKind, PeerNamespaceId: not null } link
                && told.Mac is not null && string.Equals(link.MacAddress?.ToString(), told.Mac, StringComparison.OrdinalIgnoreCase))
            {
                yield return link;
            }
        }
    }
}
