using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Announcing;

/// <summary>
/// Whether a bridge forwards what comes in by a new port. The kernel opens the port from a work queue, a moment after its carrier is up, and
/// silently drops frames until then. A connection survives that, because TCP retransmits; an announcement does not.
/// </summary>
internal static class BridgePortReadiness
{
    /// <summary>A hundred times the delay of an idle machine.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits until the port forwards, at most 200 ms; not at all where a spanning tree decides, because that takes 30 seconds.</summary>
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
