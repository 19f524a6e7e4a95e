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
    private readonly HashSet<int> _going = [];
    private readonly string[] _ownBridges;

    public NetavarkLinks(NetavarkHost host, NetavarkRequest request)
    {
        (_host, _request) = (host, request);
        IEnumerable<string> own =
            from attachment in request.Attachments
            let network = attachment.Network
            where network is { IsBridge: true, IsUnmanaged: false } && !host.State.KeepsBridge(network.Interface)
            select network.Interface;
        _ownBridges = [.. own.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The indices of the host's ends.</summary>
    public IReadOnlySet<int> Going => _going;

    /// <summary>Finds them, and deletes the interfaces that have no end on the host, such as macvlans.</summary>
    /// <param name="sandbox">The container's namespace; null if it is gone, and what was inside with it.</param>
    /// <param name="attempt">Does a step, whose error stops no other.</param>
    public void Find(NetworkNamespace? sandbox, Action<Action> attempt) =>
        attempt(sandbox is null ? FindByAliases : () => FindFromInside(sandbox, attempt));

    /// <summary>Deletes them. What is gone already is no error.</summary>
    public void Remove()
    {
        Dictionary<string, int> bridges = [];
        foreach (string name in _ownBridges)
        {
            if (FindEmptied(name) is { } index)
            {
                bridges.Add(name, index);
            }
        }
        int[] all = [.. _going, .. bridges.Values];
        if (all.Length > 0)
        {
            Delete(all);
        }
        foreach (string bridge in bridges.Keys)
        {
            NetavarkSysctlFile.Delete(bridge);
        }
    }

    private void FindFromInside(NetworkNamespace sandbox, Action<Action> attempt)
    {
        using RouteSocket inside = sandbox.Run(RouteSocket.Open);
        foreach (NetavarkAttachment attachment in _request.Attachments.Where(attachment => !attachment.Network.IsOfPlugin))
        {
            attempt(() =>
            {
                NetavarkInterface.DeleteDistantRoutes(inside, attachment);
                if (NetavarkInterface.FindHostEnd(inside, _host.Route, attachment) is { } end)
                {
                    _ = _going.Add(end);
                }
                else
                {
                    _ = NetavarkInterface.Delete(inside, attachment);
                }
            });
        }
    }

    /// <summary>The kernel takes its time to delete a namespace that is gone.</summary>
    private void FindByAliases()
    {
        HashSet<string> aliases =
        [
            .. from attachment in _request.Attachments
               where attachment.Network.IsBridge
               select NetavarkVeth.AliasOf(_request.ContainerId, attachment),
        ];
        IEnumerable<Link> links = aliases.Count == 0 ? [] : _host.Route.ListLinks(hasStatistics: false);
        _going.UnionWith(links.Where(link => link.Alias is { } alias && aliases.Contains(alias)).Select(link => link.Index));
    }

    /// <summary>A bridge whose ports all go; null if others stay, or if it is gone already.</summary>
    private int? FindEmptied(string name) =>
        InterfaceName.TryParse(name, provider: null, out InterfaceName bridgeName)
        && _host.Route.TryGetLink(LinkSelector.ByName(bridgeName)) is { Kind: BridgeKind } bridge
        && _host.Route.ListLinks(bridge.Index, hasStatistics: false).All(port => _going.Contains(port.Index))
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
