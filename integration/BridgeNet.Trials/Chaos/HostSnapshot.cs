using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

using BridgeNet.TestKit;

namespace BridgeNet.Trials.Chaos;

/// <summary>
/// All that a verb changes, as lines of which two lists are equal if the host is the same but for the numbers that are drawn or given anew: ids, the
/// names made of them, random MAC addresses, indices, handles; and without what only makes a next choice better.
/// </summary>
internal static partial class HostSnapshot
{
    private static readonly string[] s_linkKeys = ["ifname", "mtu", "master", "ifalias"];
    private static readonly string[] s_notState = ["cursors/", "owners/", "locks/network", "locks/firewall", "oci/.", "boot"];

    public static string[] Of(ChaosWorld world) => Of(world.Host, world.Used, world.State);

    /// <param name="host">The host.</param>
    /// <param name="used">The containers that are looked at, too.</param>
    /// <param name="state">The state directory.</param>
    public static string[] Of(Netns host, IReadOnlyList<Netns> used, string state)
    {
        IEnumerable<string> asking = used.Prepend(host).Select(
            place => $"printf 'addr show\\nroute show table all\\n' | ip -n {place} -j -d -batch - | tr '\\n' ' '; echo");
        string[] answers = host.RunOk(
            $"{string.Join("; ", asking)}; tc qdisc show | grep tbf | grep -o 'dev veth\\|dev ifb' | tr '\\n' ' '; echo; nft -s list ruleset").Split(
                '\n');
        int places = used.Count + 1;
        IEnumerable<string> lines = answers.Take(places).SelectMany(LinksOf)
            .Append(answers[places])
            .Concat(Words(answers.Skip(places + 1)))
            .Concat(StateOf(state));
        return [.. lines.Select(line => Drawn().Replace(line, "#")).Where(line => line.Length > 0).Order(StringComparer.Ordinal)];
    }

    /// <summary>What one has and the other has not.</summary>
    public static string Difference(string[] before, string[] after)
    {
        List<string> lost = [.. before], gained = [];
        foreach (string line in after)
        {
            if (!lost.Remove(line))
            {
                gained.Add(line);
            }
        }
        return string.Join('\n', [.. lost.Select(line => $"      - {line}"), .. gained.Select(line => $"      + {line}")]);
    }

    /// <param name="answer">What ip says of a place's links and addresses, and then of its routes: two lists.</param>
    private static IEnumerable<string> LinksOf(string answer)
    {
        JsonElement[] lists = [.. Lists(answer)];
        foreach (JsonElement link in lists[0].EnumerateArray())
        {
            string kind = link.TryGetProperty("linkinfo", out JsonElement info) ? info.GetProperty("info_kind").ToString() : "";
            bool up = link.GetProperty("flags").EnumerateArray().Any(flag => flag.ValueEquals("UP"));
            string text = string.Join(' ', from key in s_linkKeys where link.TryGetProperty(key, out _) select $"{key} {link.GetProperty(key)}");
            yield return $"link {text} {kind} {(up ? "up" : "down")}";
            foreach (JsonElement address in link.GetProperty("addr_info").EnumerateArray().Where(
                address => !address.GetProperty("scope").ValueEquals("link")))
            {
                yield return $"address {link.GetProperty("ifname")} {address.GetProperty("local")}/{address.GetProperty("prefixlen")}";
            }
        }
        foreach (JsonElement route in lists[1].EnumerateArray().Where(route => !route.TryGetProperty("table", out _)))
        {
            yield return $"route {route.GetProperty("dst")} "
                + $"{(route.TryGetProperty("gateway", out JsonElement gateway) ? gateway : default)} {route.GetProperty("dev")}";
        }
    }

    /// <summary>One list behind the other.</summary>
    private static List<JsonElement> Lists(string answer)
    {
        List<JsonElement> lists = [];
        byte[] text = Encoding.UTF8.GetBytes(answer);
        Utf8JsonReader reader = new(text, new JsonReaderOptions { AllowMultipleValues = true });
        while (reader.Read())
        {
            lists.Add(JsonElement.ParseValue(ref reader));
        }
        return lists;
    }

    /// <summary>The elements of sets come in no certain order.</summary>
    private static IEnumerable<string> Words(IEnumerable<string> rules) => rules.SelectMany(line => line.Split(", ")).Select(
        line => line.Replace("elements = {", "", StringComparison.Ordinal).Trim(' ', '\t', '}', ','));

    private static IEnumerable<string> StateOf(string directory) => !Directory.Exists(directory) ? [] :
        from path in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
        let name = Path.GetRelativePath(directory, path)
        where !Array.Exists(s_notState, part => name.StartsWith(part, StringComparison.Ordinal))
            && !name.Contains("/.freed/", StringComparison.Ordinal)
            && !name.Contains("last_reserved_ip", StringComparison.Ordinal) && !name.EndsWith("/lock", StringComparison.Ordinal)
        select $"file {name}: {new FileInfo(path).LinkTarget ?? File.ReadAllText(path)}";

    [GeneratedRegex("""(?<=veth|ifb)[0-9a-f]{8,10}|\b[0-9a-f]{12}\b|(?<=bn-)[0-9a-f]{6}|(?<=sandboxIdentity":")[0-9:]+""", RegexOptions.None, 1000)]
    private static partial Regex Drawn();
}
