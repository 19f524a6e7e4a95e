using BridgeNet.Netlink.Netfilter;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Host;

/// <summary>One verb's netlink sockets in the host's namespace. Each is opened when it is first needed.</summary>
internal sealed class HostLane(NetworkNamespace host, Action<HostLane> giveBack) : IDisposable
{
    private RouteSocket? _route;
    private NetfilterSocket? _netfilter;

    /// <summary>For links, addresses and routes.</summary>
    public RouteSocket Route => _route ??= host.OpenRoute();

    /// <summary>For nf_tables.</summary>
    public NetfilterSocket Netfilter => _netfilter ??= host.OpenNetfilter();

    /// <summary>Gives the lane back for the next verb.</summary>
    public void Dispose() => giveBack(this);

    /// <summary>Closes the sockets.</summary>
    public void Close()
    {
        _route?.Dispose();
        _netfilter?.Dispose();
    }
}
