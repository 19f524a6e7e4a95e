using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;

namespace BridgeNet.State;

/// <summary>Links of ours that somebody renamed on the host: their aliases still say whose they are.</summary>
internal static class RenamedLinks
{
    /// <summary>The host's end of an endpoint's veth, whatever its name is; null if there is none.</summary>
    public static Link? Find(IEnumerable<Link> links, EndpointState endpoint) =>
        links.FirstOrDefault(link => link.Kind is VethKind && IsOf(link, endpoint.Id));

    /// <summary>A network's bridge, whatever its name is; null if there is none.</summary>
    public static Link? Find(IEnumerable<Link> links, NetworkState network) =>
        links.FirstOrDefault(link => link.Kind is BridgeKind && IsOf(link, network.Id));

    /// <summary>The name that a link was given: that of its endpoint's veth if the alias says that it is one.</summary>
    public static InterfaceName NameOf(Link link) =>
        link.Kind is VethKind && KernelAlias.Read(link.Alias) is { } alias ? LinkNames.OfVeth(alias.Id) : link.Name;

    /// <summary>Gives a link its name back. Before Linux 6.2 a link that is up cannot be renamed, so it goes down for a moment.</summary>
    public static void Restore(RouteSocket route, Link link, InterfaceName name)
    {
        LinkSelector selector = LinkSelector.ByIndex(link.Index);
        try
        {
            route.Batch().ChangeLink(selector, new LinkChange { Name = name }).Execute();
        }
        catch (NetlinkException error) when (error.Errno is Native.Errno.EBUSY)
        {
            route.Batch()
                .ChangeLink(selector, new LinkChange { IsUp = false })
                .ChangeLink(selector, new LinkChange { Name = name })
                .ChangeLink(selector, new LinkChange { IsUp = true })
                .Execute();
        }
    }

    private static bool IsOf(Link link, string id) => string.Equals(KernelAlias.Read(link.Alias)?.Id, id, StringComparison.Ordinal);
}
