using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>The veth of a container on a bridge.</summary>
internal static class NetavarkVeth
{
    /// <summary>The kernel's 255 bytes less the final NUL. They are as many characters: names of networks are of ASCII, by Podman's rule.</summary>
    private const int LongestAlias = 254;

    /// <summary>Makes the pair: one end on the bridge, the other inside.</summary>
    /// <returns>The host's end.</returns>
    /// <exception cref="NetavarkException">The container, or the host, has an interface of that name.</exception>
    public static Link Create(
        RouteSocket route, string containerId, NetavarkAttachment attachment, Link bridge, int? mtu, NetworkNamespace sandbox)
    {
        Link veth = new()
        {
            Name = attachment.HostInterface is { Length: > 0 } name ? InterfaceName.Parse(name) : default, // without one the kernel numbers it
            Kind = new VethKind
            {
                Peer = new VethPeer
                {
                    Name = InterfaceName.Parse(attachment.Interface),
                    MacAddress = attachment.MacAddress,
                    Mtu = mtu,
                    NetworkNamespace = sandbox.Descriptor,
                    TxQueues = 1,
                    RxQueues = 1,
                },
            },
            Master = bridge.Index,
            Mtu = mtu,
            TxQueues = 1, // by default the kernel allocates one per CPU, and then waits for a grace period to reduce them
            RxQueues = 1,
        };
        LinkChange settings = new()
        {
            Ipv6AddressGeneration = Ipv6AddressGeneration.None, // nobody talks to the host's end
            BridgePort = new BridgePortSettings { Hairpin = true }, // a container may ask for its own published port, with br_netfilter too
            Alias = AliasOf(containerId, attachment),
            IsUp = true,
        };
        try
        {
            Link made = route.Batch().CreateLinkAsMade(veth);
            try
            {
                route.Batch().ChangeLink(LinkSelector.ByIndex(made.Index), settings).Execute();
            }
            catch (NetlinkException)
            {
                _ = route.DeleteLink(LinkSelector.ByIndex(made.Index));
                throw;
            }
            return made;
        }
        catch (NetlinkException error) when (error.Errno is Errno.EEXIST)
        {
            string host = attachment.HostInterface is { } own ? $" or {own} exists on host namespace" : "";
            throw new NetavarkException(
                $"create veth pair: interface {attachment.Interface} already exists on container namespace{host}: {NetavarkErrorText.Cause(error)}",
                error);
        }
    }

    /// <summary>Whether a link is the host's end of a veth that we made.</summary>
    public static bool IsOurs(Link link) => link.Alias?.StartsWith($"{NetavarkBridge.Alias} ", StringComparison.Ordinal) is true;

    /// <summary>What <c>ip link</c> shows as alias of the host's end.</summary>
    public static string AliasOf(string containerId, NetavarkAttachment attachment)
    {
        string alias = $"{NetavarkBridge.Alias} {containerId} {attachment.Network.Name} {attachment.Interface}";
        return alias.Length <= LongestAlias ? alias : alias[..LongestAlias];
    }
}
