using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Runtimes.Netavark;

/// <summary><c>netavark setup</c>: a container gets its networks, or nothing of them is left.</summary>
internal sealed class NetavarkSetup(NetavarkHost host)
{
    /// <summary>Sets up.</summary>
    /// <returns>What each network gave the container.</returns>
    /// <exception cref="NetavarkException">It cannot be; what was begun is taken back.</exception>
    public IReadOnlyList<NetavarkStatus> Run(NetavarkRequest request, NetworkNamespace sandbox)
    {
        using RouteSocket inside = sandbox.Run(RouteSocket.Open);
        inside.Batch().ChangeLink(LinkSelector.ByName(InterfaceName.Parse("lo")), new LinkChange { IsUp = true }).Execute();
        List<NetavarkStatus> statuses = [];
        Stack<Action> undo = new();
        try
        {
            foreach (NetavarkAttachment attachment in request.Attachments)
            {
                statuses.Add(attachment.Network.IsBridge
                    ? AttachToBridge(request, attachment, sandbox, inside, undo)
                    : AttachToParent(request, attachment, sandbox, inside, undo));
            }
            NetavarkAttachment[] named = [.. request.Attachments.Where(attachment => attachment.Network.HasDns)];
            if (named.Length > 0 && host.NameServer.IsThere)
            {
                undo.Push(() => host.NameServer.Remove(request.ContainerId, named));
                host.NameServer.Add(request, named);
            }
            return statuses;
        }
        catch
        {
            foreach (Action step in undo)
            {
                TryTo(step);
            }
            throw;
        }
    }

    private NetavarkStatus AttachToParent(
        NetavarkRequest request, NetavarkAttachment attachment, NetworkNamespace sandbox, RouteSocket inside, Stack<Action> undo)
    {
        NetavarkSublink.Create(host.Route, attachment, NetavarkSublink.ParentOf(host.Route, attachment.Network), sandbox);
        undo.Push(() => NetavarkInterface.Delete(inside, attachment));
        int index = inside.GetLink(LinkSelector.ByName(InterfaceName.Parse(attachment.Interface))).Index;
        Link own = NetavarkInterface.Configure(inside, sandbox, attachment, index);
        return new NetavarkStatus(attachment, own.MacAddress ?? default, ServersOf(request, attachment.Network));
    }

    private NetavarkStatus AttachToBridge(
        NetavarkRequest request, NetavarkAttachment attachment, NetworkNamespace sandbox, RouteSocket inside, Stack<Action> undo)
    {
        NetavarkNetwork network = attachment.Network;
        int? mtu = network.Mtu ?? HostMtu();
        Link bridge = NetavarkBridge.Ensure(host.Route, network, mtu, out bool isMade);
        bool isOwn = isMade;
        undo.Push(() => _ = isOwn && NetavarkBridge.RemoveIfEmpty(host.Route, network));
        NoteOwnerOf(bridge, network, isMade);
        isOwn = !network.IsUnmanaged && !host.State.KeepsBridge(network.Interface); // which the undoing of the rules forgets
        Link veth = NetavarkVeth.Create(host.Route, request.ContainerId, attachment, bridge, mtu, sandbox);
        undo.Push(() => host.Route.DeleteLink(LinkSelector.ByIndex(veth.Index)));
        int index = veth.PeerIndex ?? throw new NetlinkFormatException($"link {veth.Name}: IFLA_LINK is missing");
        Link own = NetavarkInterface.Configure(inside, sandbox, attachment, index);
        if (host.HasRules(network))
        {
            undo.Push(() => new NetavarkFirewall(host).TakeDown(request, attachment));
            new NetavarkFirewall(host).SetUp(request, attachment);
        }
        return new NetavarkStatus(attachment, own.MacAddress ?? default, ServersOf(request, network));
    }

    /// <summary>
    /// netavark's own bridges go with their last container. So one that is there without a container, and that is none of ours that was left
    /// behind, is somebody else's.
    /// </summary>
    private void NoteOwnerOf(Link bridge, NetavarkNetwork network, bool isMade)
    {
        if (isMade)
        {
            host.State.ForgetBridge(network.Interface);
        }
        else if (!network.IsUnmanaged
            && !string.Equals(bridge.Alias, NetavarkBridge.Alias, StringComparison.Ordinal)
            && !host.State.Knows(network.Id)
            && host.Route.ListLinks(bridge.Index, hasStatistics: false).Count == 0)
        {
            host.State.KeepBridge(network.Interface);
        }
    }

    /// <summary>Whom the container asks for names.</summary>
    private ValueList<string> ServersOf(NetavarkRequest request, NetavarkNetwork network) => network.HasDns && host.NameServer.IsThere
        ? [.. network.Subnets.Where(subnet => subnet.Gateway is not null).Select(subnet => $"{subnet.Gateway}")]
        : request.DnsServers;

    /// <summary>The MTU of the host's way out; null if there is none.</summary>
    private int? HostMtu() =>
        HostWayOut.Find(host.Route) is { } index ? host.Route.TryGetLink(LinkSelector.ByIndex(index))?.Mtu : null;

    private static void TryTo(Action step)
    {
        try
        {
            step();
        }
        catch (Exception error) when (error is BridgeNetException or IOException or UnauthorizedAccessException)
        {
            // the error that began this is the one to tell; a teardown finds what is left
        }
    }
}
