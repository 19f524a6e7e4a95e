using System.Net;
using System.Text.Json;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Runtimes.Netavark;

/// <summary><c>netavark setup</c>: a container gets its networks, or nothing of them is left.</summary>
internal sealed class NetavarkSetup(NetavarkHost host)
{
    /// <summary>Sets up.</summary>
    /// <param name="request">What Podman asks for.</param>
    /// <param name="sandbox">The container's namespace.</param>
    /// <param name="path">The namespace's path, for plugins.</param>
    /// <returns>What each network gave the container.</returns>
    /// <exception cref="NetavarkException">It cannot be; what was begun is taken back.</exception>
    public IReadOnlyList<NetavarkStatus> Run(NetavarkRequest request, NetworkNamespace sandbox, string path)
    {
        if (request.Attachments.Any(attachment => attachment.Network is { IsBridge: true, HasDns: true }))
        {
            host.NameServer.Begin();
        }
        using RouteSocket inside = sandbox.Run(RouteSocket.Open);
        inside.Batch().ChangeLink(LinkSelector.ByName(InterfaceName.Parse("lo")), new LinkChange { IsUp = true }).Execute();
        List<NetavarkStatus> statuses = [];
        List<NetavarkNames> names = [];
        Stack<Action> undo = new();
        try
        {
            foreach (NetavarkAttachment attachment in request.Attachments)
            {
                statuses.Add(
                    attachment.Network.IsBridge ? AttachToBridge(request, attachment, sandbox, inside, names, undo)
                    : attachment.Network.IsOfPlugin ? AttachByPlugin(request, attachment, path, undo)
                    : AttachToParent(request, attachment, sandbox, inside, undo));
            }
            if (names.Count > 0 && host.NameServer.IsThere)
            {
                undo.Push(() => host.NameServer.Remove(request.ContainerId, [.. names.Select(one => one.Attachment)]));
                host.NameServer.Add(request, names);
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

    private NetavarkStatus AttachByPlugin(NetavarkRequest request, NetavarkAttachment attachment, string path, Stack<Action> undo)
    {
        JsonElement answer = host.Plugins.SetUp(request, attachment, path);
        undo.Push(() => host.Plugins.TearDown(request, attachment, path));
        return new NetavarkStatus(attachment, default, []) { AnswerOfPlugin = answer };
    }

    private NetavarkStatus AttachToParent(
        NetavarkRequest request, NetavarkAttachment attachment, NetworkNamespace sandbox, RouteSocket inside, Stack<Action> undo)
    {
        NetavarkSublink.Create(host.Route, attachment, NetavarkSublink.ParentOf(host.Route, attachment.Network), sandbox);
        undo.Push(() => NetavarkInterface.Delete(inside, attachment));
        int index = inside.GetLink(LinkSelector.ByName(InterfaceName.Parse(attachment.Interface))).Index;
        Link own = NetavarkInterface.Configure(inside, sandbox, attachment, index);
        NetavarkInterface.AddDistantRoutes(inside, attachment, undo);
        return new NetavarkStatus(attachment, own.MacAddress ?? default, request.DnsServers);
    }

    private NetavarkStatus AttachToBridge(
        NetavarkRequest request,
        NetavarkAttachment attachment,
        NetworkNamespace sandbox,
        RouteSocket inside,
        List<NetavarkNames> names,
        Stack<Action> undo)
    {
        NetavarkNetwork network = attachment.Network;
        Link bridge = NetavarkBridge.Ensure(host.Route, network, out bool isMade);
        bool isOwn = isMade;
        undo.Push(() => _ = isOwn && NetavarkBridge.RemoveIfEmpty(host.Route, network));
        NoteOwnerOf(bridge, network, isMade);
        isOwn = !network.IsUnmanaged && !host.State.KeepsBridge(network.Interface); // which the undoing of the rules forgets
        ValueList<string> servers = request.DnsServers;
        if (network.HasDns)
        {
            names.Add(new NetavarkNames(attachment, NameServerAddresses(network, bridge)));
            servers = host.NameServer.IsThere ? [.. names[^1].Servers.Select(address => $"{address}")] : servers;
        }
        int? mtu = network.Mtu ?? bridge.Mtu;
        Link veth = NetavarkVeth.Create(host.Route, request.ContainerId, attachment, bridge, mtu, sandbox);
        undo.Push(() => host.Route.DeleteLink(LinkSelector.ByIndex(veth.Index)));
        NetavarkBridge.JoinVlan(host.Route, network, veth.Index);
        int index = veth.PeerIndex ?? throw new NetlinkFormatException($"link {veth.Name}: IFLA_LINK is missing");
        Link own = NetavarkInterface.Configure(inside, sandbox, attachment, index);
        NetavarkInterface.AddDistantRoutes(inside, attachment, undo);
        if (host.HasRules(network))
        {
            undo.Push(() => new NetavarkFirewall(host).TakeDown(request, attachment));
            new NetavarkFirewall(host).SetUp(request, attachment);
        }
        return new NetavarkStatus(attachment, own.MacAddress ?? default, servers);
    }

    /// <summary>Where the network's name server listens: at the gateways, or at the addresses that somebody else's bridge has.</summary>
    private ValueList<IPAddress> NameServerAddresses(NetavarkNetwork network, Link bridge)
    {
        if (!network.IsUnmanaged)
        {
            return [.. network.Subnets.Select(subnet => subnet.Gateway).OfType<IPAddress>()];
        }
        ValueList<IPAddress> addresses = NetavarkBridge.ListAddresses(host.Route, bridge);
        return addresses.Count > 0
            ? addresses
            : throw new NetavarkException(
                $"bridge '{network.Interface}' in unmanaged mode has no usable IP addresses, and a name server needs one to listen at, which is not "
                + "link-local: add an address to the bridge, or make the network without DNS (--disable-dns)");
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

    private static void TryTo(Action step)
    {
        try
        {
            step();
        }
        catch (Exception)
        {
            // the error that began this is the one to tell; a teardown finds what is left
        }
    }
}
