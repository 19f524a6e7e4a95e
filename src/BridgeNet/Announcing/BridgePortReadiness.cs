using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Announcing;

/// <summary>
/// Whether a bridge passes on what comes in by a new port. The kernel opens the port a moment after its carrier came, from a work queue: a
/// frame that is sent between is lost without a word. Who connects does not notice, because it asks again; an announcement does not.
/// </summary>
internal static class BridgePortReadiness
{
    /// <summary>Hundred times what it takes on an idle machine.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits until the port forwards, at most a fifth of a second, and not at all where a spanning tree decides, which takes its half minute.</summary>
    /// <returns>Whether it forwards.</returns>
    public static bool Await(RouteSocket host, InterfaceName port)
    {
        BridgePortState? state = null;
        SpinWait.SpinUntil(
            () =>
            {
                state = host.TryGetLink(LinkSelector.ByName(port))?.BridgePort?.State;
                return state is not BridgePortState.Disabled;
            },
            s_longest);
        return state is BridgePortState.Forwarding;
    }
}
