using System.Text.Json;

using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>
/// All that a verb could change, as one text, of which two are equal if nothing was changed: links, addresses, routes and settings of the host and of
/// containers, the host's ruleset, and the state directory. What the kernel changes in its own time (carrier, link-local addresses) is left out,
/// and so is what a process leaves by being there: its owner's lock, the locks that are shared, and the hint which address comes next.
/// </summary>
internal static class Snapshot
{
    private static readonly string[] s_linkKeys = ["ifindex", "ifname", "address", "mtu", "master", "ifalias"];
    private static readonly string[] s_routeKeys = ["type", "dst", "gateway", "dev", "table", "prefsrc", "scope"];

    public static string Of(DriverWorld world, params IEnumerable<Netns> containers) =>
        string.Join('\n', [.. containers.Prepend(world.Host).SelectMany(LinksOf), RulesetOf(world.Host), .. StateOf(world)]);

    /// <summary>Links, addresses, routes and settings of a place.</summary>
    public static IEnumerable<string> LinksOf(Netns place)
    {
        foreach (JsonElement link in place.Ip("-d addr").EnumerateArray())
        {
            string kind = link.TryGetProperty("linkinfo", out JsonElement info) ? info.GetProperty("info_kind").ToString() : "";
            bool up = link.GetProperty("flags").EnumerateArray().Any(flag => flag.ValueEquals("UP"));
            yield return $"{Pick(link, s_linkKeys)} {kind} {(up ? "up" : "down")}";
            foreach (JsonElement address in link.GetProperty("addr_info").EnumerateArray().Where(
                address => !address.GetProperty("scope").ValueEquals("link")))
            {
                yield return $"  {address.GetProperty("local")}/{address.GetProperty("prefixlen")}";
            }
            yield return $"  route_localnet {place.ReadSysctl($"net.ipv4.conf.{link.GetProperty("ifname")}.route_localnet")}";
        }
        foreach (JsonElement route in place.Ip("-4 route show table all").EnumerateArray())
        {
            yield return Pick(route, s_routeKeys);
        }
        yield return $"ip_forward {place.ReadSysctl("net.ipv4.ip_forward")}";
    }

    public static string RulesetOf(Netns host) => host.RunOk("nft -s list ruleset");

    /// <summary>The records and claims; not what only makes the next choice better: cursors, and when an address was given back.</summary>
    public static IEnumerable<string> StateOf(DriverWorld world) =>
        from path in Directory.EnumerateFiles(world.StateDirectory, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        let name = Path.GetRelativePath(world.StateDirectory, path)
        where !name.StartsWith("cursors/", StringComparison.Ordinal)
            && name is not "boot"
            && !name.Contains("/.freed/", StringComparison.Ordinal)
            && !name.StartsWith("owners/", StringComparison.Ordinal)
            && !name.StartsWith("locks/network", StringComparison.Ordinal)
            && !name.StartsWith("locks/firewall", StringComparison.Ordinal)
        select $"{name}: {new FileInfo(path).LinkTarget ?? File.ReadAllText(path)}";

    private static string Pick(JsonElement json, IEnumerable<string> keys) =>
        string.Join(' ', from key in keys where json.TryGetProperty(key, out _) select $"{key} {json.GetProperty(key)}");
}
