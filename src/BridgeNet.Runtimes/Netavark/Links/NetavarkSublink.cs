using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>A container's macvlan or ipvlan: an interface of its own on the wire of one of the host's, its parent.</summary>
internal static class NetavarkSublink
{
    /// <summary>Makes it in the container's namespace. An interface of the host may have the same name.</summary>
    /// <param name="route">The host's socket.</param>
    /// <param name="attachment">The container's place.</param>
    /// <param name="parent">The parent's index.</param>
    /// <param name="sandbox">The container's namespace.</param>
    /// <exception cref="NetavarkException">The container has an interface of that name, or the kernel cannot make it.</exception>
    public static void Create(RouteSocket route, NetavarkAttachment attachment, int parent, NetworkNamespace sandbox)
    {
        NetavarkNetwork network = attachment.Network;
        Link wanted = new()
        {
            Name = InterfaceName.Parse(attachment.Interface),
            Kind = network.Driver is "ipvlan"
                ? new IpvlanKind { Mode = network.IpvlanMode }
                : new MacvlanKind { Mode = network.MacvlanMode, BroadcastCutoff = network.BroadcastCutoff },
            PeerIndex = parent,
            MacAddress = attachment.MacAddress,
            Mtu = network.Mtu,
            NetworkNamespace = sandbox.Descriptor,
        };
        try
        {
            route.Batch().CreateLink(wanted).Execute();
        }
        catch (NetlinkException error) when (error.Errno is Errno.EEXIST)
        {
            throw new NetavarkException(
                $"create {network.Driver} interface: interface {attachment.Interface} already exists on container namespace: "
                + NetavarkErrorText.Cause(error),
                error);
        }
        catch (NetlinkException error) when (error.Errno is Errno.EOPNOTSUPP)
        {
            throw new NetavarkException(
                $"create {network.Driver} interface: this kernel has no {network.Driver}: load its module, or use bridge: "
                + NetavarkErrorText.Cause(error),
                error);
        }
    }

    /// <summary>Finds the parent.</summary>
    /// <exception cref="NetavarkException">It is not there, or there is no default route to tell it by.</exception>
    public static int ParentOf(RouteSocket route, NetavarkNetwork network)
    {
        if (network.Interface.Length == 0)
        {
            return HostWayOut.Find(route) ?? throw new NetavarkException(
                $"network {network.Name}: the host has no default route, whose interface would be the parent: name one (-o parent=NAME)");
        }
        return route.TryGetLink(LinkSelector.ByName(InterfaceName.Parse(network.Interface)))?.Index ?? throw new NetavarkException(
            $"network {network.Name}: its parent interface {network.Interface} is not there: make it first, or name another (-o parent=NAME)");
    }
}
