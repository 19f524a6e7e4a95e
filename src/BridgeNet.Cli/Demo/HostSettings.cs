using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Cli.Demo;

/// <summary>Settings of the host that the demo changes and restores: the loopback link, and forwarding.</summary>
internal static class HostSettings
{
    /// <summary>Shows the network namespace of the thread that opens it, here the host's.</summary>
    private const string ForwardingPath = "/proc/sys/net/ipv4/ip_forward";

    private static readonly LinkSelector s_loopback = LinkSelector.ByName(InterfaceName.Parse("lo"));

    /// <summary>Remembers whether forwarding is on, because the driver switches it on, and brings the loopback link up for localhost.</summary>
    public static void Prepare(DemoScene scene)
    {
        string forwarding = File.ReadAllText(ForwardingPath).Trim();
        scene.Undoing.Add("forwarding", () => Restore(forwarding));

        RouteSocket route = scene.View.Route;
        if (!route.GetLink(s_loopback).IsUp)
        {
            scene.Undoing.Add("loopback", () => Set(route, isUp: false));
            Set(route, isUp: true);
            scene.Narrator.Note("lo was down, as in a namespace just made: it is up for as long as the demo lasts");
        }
    }

    private static void Set(RouteSocket route, bool isUp) => route.Batch().ChangeLink(s_loopback, new LinkChange { IsUp = isUp }).Execute();

    private static void Restore(string forwarding)
    {
        if (!string.Equals(File.ReadAllText(ForwardingPath).Trim(), forwarding, StringComparison.Ordinal))
        {
            File.WriteAllText(ForwardingPath, forwarding);
        }
    }
}
