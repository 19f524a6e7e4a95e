using System.Text.Json;

using BridgeNet.TestKit;

namespace BridgeNet.Trials.Stress;

/// <summary>What must hold whenever nobody works: records and kernel say the same, and nothing has two owners.</summary>
internal static class Invariants
{
    /// <summary>What does not hold, a line each.</summary>
    public static IReadOnlyList<string> Check(StressWorld world, BridgeDriver driver)
    {
        List<string> broken = [];
        IReadOnlyList<Endpoint> endpoints = driver.Endpoints;
        Unique(broken, "address", endpoints.SelectMany(
            endpoint => new[] { endpoint.IPv4Address?.Address, endpoint.IPv6Address?.Address }).Where(address => address is not null));
        Unique(broken, "name", endpoints.Select(endpoint => endpoint.Name));
        Unique(broken, "host port", endpoints.SelectMany(endpoint => endpoint.Ports).SelectMany(port => port.Each()).Select(
            port => $"{port.HostAddress} {port.HostPort} {port.Protocol}"));
        string[] links = [.. from link in world.Host.Ip(
            "link show type veth").EnumerateArray() let name = link.GetProperty("ifname").GetString() where name!.StartsWith("veth",
            StringComparison.Ordinal) select name];
        Same(broken, "veths", endpoints.Select(endpoint => endpoint.HostInterfaceName.ToString()), links);
        Same(
            broken,
            "published ports",
            endpoints.SelectMany(endpoint => endpoint.Ports.Select(
                port => $"{(port.Count == 1 ? $"{port.HostPort}" : $"{port.HostPort}-{port.HostPort + port.Count - 1}")} {endpoint.Id}"))
                .Concat(driver.Networks.Where(network => network.Definition.Dns is true).SelectMany(
                    network => network.Gateways.SelectMany(_ => Enumerable.Repeat("53 nobody", 2)))), // the name server, by TCP and UDP
            new[] { "publish_any4", "publish_any6", "publish_ranges4", "publish_ranges6", "publish4", "publish6" }.SelectMany(
                map => ElementsOf(world.Host, map)));
        foreach (string directory in new[] { "endpoints", "names", "locks", "owners" })
        {
            string[] files = [.. Directory.EnumerateFileSystemEntries(Path.Combine(world.State, directory)).Select(path => Path.GetFileName(path)!)];
            int expected = directory is "owners"
                ? files.Length
                : endpoints.Count + (directory is "locks" ? files.Count(file => file.Length != 12 || !file.All(char.IsAsciiHexDigitLower)) : 0);
            if (files.Length != expected
                || files.Any(file => file.EndsWith(".intent", StringComparison.Ordinal) || file.EndsWith(".removing", StringComparison.Ordinal)))
            {
                broken.Add($"{directory}/ has {files.Length} files for {endpoints.Count} endpoints: {string.Join(' ', files.Take(8))}");
            }
        }
        RepairReport report = driver.Repair();
        if (!report.IsClean)
        {
            broken.Add($"a repair found {report}");
        }
        return broken;
    }

    private static IEnumerable<string> ElementsOf(Netns host, string map)
    {
        foreach (JsonElement item in host.Nft($"list map inet bridgenet {map}").EnumerateArray())
        {
            if (!item.TryGetProperty("map", out JsonElement found) || !found.TryGetProperty("elem", out JsonElement elements))
            {
                continue;
            }
            foreach (JsonElement pair in elements.EnumerateArray())
            {
                JsonElement element = pair[0].TryGetProperty("elem", out JsonElement wrapped) ? wrapped : pair[0];
                JsonElement key = element.TryGetProperty("val", out JsonElement value) ? value : element;
                JsonElement parts = key.GetProperty("concat");
                string owner = element.TryGetProperty("comment", out JsonElement comment) ? comment.GetString()! : "nobody";
                JsonElement last = parts[parts.GetArrayLength() - 1];
                yield return last.ValueKind is JsonValueKind.Object
                    && last.TryGetProperty("range", out JsonElement range) ? $"{range[0]}-{range[1]} {owner}" : $"{last} {owner}";
            }
        }
    }

    private static void Unique<T>(List<string> broken, string what, IEnumerable<T> things) =>
        broken.AddRange(
            things.GroupBy(thing => thing).Where(same => same.Skip(1).Any()).Select(same => $"{what} {same.Key} has {same.Count()} owners"));

    private static void Same(List<string> broken, string what, IEnumerable<string> wanted, IEnumerable<string> there)
    {
        List<string> missing = [.. wanted];
        List<string> surplus = [.. there.Where(thing => !missing.Remove(thing))];
        if (missing.Count + surplus.Count > 0)
        {
            broken.Add($"{what}: missing {string.Join(", ", missing)}; surplus {string.Join(", ", surplus)}");
        }
    }
}
