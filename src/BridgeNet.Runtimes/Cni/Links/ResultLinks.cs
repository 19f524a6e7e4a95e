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
}
