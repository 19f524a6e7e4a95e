using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>
/// The links of a container that is taken down: its interfaces, and the bridges of which it is the last container. The kernel deletes those of the
/// host together, in about the time of one.
/// </summary>
internal sealed class NetavarkLinks
{
    private readonly NetavarkHost _host;
    private readonly NetavarkRequest _request;
    private readonly HashSet<string> _ownBridges;

    public NetavarkLinks(NetavarkHost host, NetavarkRequest request)
    {
        (_host, _request) = (host, request);
        _ownBridges =
        [
            .. from attachment in request.Attachments
               let network = attachment.Network
               where network is { IsBridge: true, IsUnmanaged: false } && !host.State.KeepsBridge(network.Interface)
               select network.Interface,
        ];
    }

    /// <summary>Deletes them. What is gone already is no error.</summary>
    /// <param name="sandbox">The container's namespace; null if it is gone, and what was inside with it.</param>
    public void Remove(NetworkNamespace? sandbox)
    {
        HashSet<int> going = sandbox is null ? FindHostEnds() : FindHostEnds(sandbox);
        int[] all = [.. going, .. _ownBridges.Select(name => FindEmptied(name, going)).OfType<int>()];
        if (all.Length > 0)
        {
            Delete(all);
        }
    }

    /// <summary>Finds the host's ends by the interfaces inside, and deletes what has no end on the host.</summary>
    private HashSet<int> FindHostEnds(NetworkNamespace sandbox)
    {
        HashSet<int> found = [];
        using RouteSocket inside = sandbox.Run(RouteSocket.Open);
        foreach (NetavarkAttachment attachment in _request.Attachments)
        {
            if (NetavarkInterface.FindHostEnd(inside, _host.Route, attachment) is { } end)
            {
                _ = found.Add(end);
            }
            else
            {
                _ = NetavarkInterface.Delete(inside, attachment);
            }
        }
        return found;
    }

    /// <summary>Finds the host's ends by their aliases: the kernel takes its time to delete a namespace that is gone.</summary>
    private HashSet<int> FindHostEnds()
    {
        HashSet<string> aliases =
        [
            .. from attachment in _request.Attachments
               where attachment.Network.IsBridge
               select NetavarkVeth.AliasOf(_request.ContainerId, attachment),
        ];
        IEnumerable<Link> links = aliases.Count == 0 ? [] : _host.Route.ListLinks(hasStatistics: false);
        return [.. links.Where(link => link.Alias is { } alias && aliases.Contains(alias)).Select(link => link.Index)];
    }

    /// <summary>A bridge whose ports all go; null if others stay, or if it is gone already.</summary>
    private int? FindEmptied(string name, HashSet<int> going) =>
        InterfaceName.TryParse(name, provider: null, out InterfaceName bridgeName)
        && _host.Route.TryGetLink(LinkSelector.ByName(bridgeName)) is { Kind: BridgeKind } bridge
        && _host.Route.ListLinks(bridge.Index, hasStatistics: false).All(port => going.Contains(port.Index))
            ? bridge.Index
            : null;

    private void Delete(int[] links)
    {
        if (links.Length == 1)
        {
            _ = _host.Route.DeleteLink(LinkSelector.ByIndex(links[0]));
            return;
        }
        try
        {
            _host.Route.DeleteLinks(links);
        }
        catch (NetlinkException error) when (error.Errno is Errno.ENODEV)
        {
            // one was deleted meanwhile; the others are gone now
        }
    }
}
