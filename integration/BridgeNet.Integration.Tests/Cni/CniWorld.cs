using System.Text.Json.Nodes;

using BridgeNet.Integration.Tests.Binary;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Cni;

/// <summary>A world in whose host CNI plugins are called as a runtime calls them: Debian's, or ours by the links that `cni install` makes.</summary>
internal sealed class CniWorld : IDisposable
{
    /// <summary>Where Debian has the reference's plugins.</summary>
    public const string Reference = "/usr/lib/cni";

    private readonly Scratch _scratch = new();

    public CniWorld(int containers = 1)
    {
        World = new World(containers);
        Plugins = _scratch.At("plugins");
        Host.Run(BinaryWorld.Path, "cni", "install", "--dir", Plugins).OrThrow();
    }

    public World World { get; }

    public Netns Host => World.Host;

    /// <summary>Where our plugins are.</summary>
    public string Plugins { get; }

    /// <summary>Where host-local keeps its reservations.</summary>
    public string Reservations => _scratch.At("reservations");

    /// <summary>Container number N, from 0, whose id is "cN".</summary>
    public Netns Container(int number) => World.Containers[number];

    /// <summary>Calls a plugin.</summary>
    /// <param name="plugin">Its file.</param>
    /// <param name="command">ADD, DEL, ….</param>
    /// <param name="configuration">Its stdin.</param>
    /// <param name="container">The container's number.</param>
    /// <param name="link">The interface.</param>
    /// <param name="sandbox">The namespace's path; null for the container's.</param>
    public CommandResult Call(
        string plugin, string command, JsonNode configuration, int container = 0, string link = "eth0", string? sandbox = null) => Programs.Run(
        "nsenter",
        [
            $"--net={Host.Path}",
            "env",
            $"CNI_COMMAND={command}",
            $"CNI_CONTAINERID=c{container}",
            $"CNI_NETNS={sandbox ?? World.Containers[container].Path}",
            $"CNI_IFNAME={link}", $"CNI_PATH={Path.GetDirectoryName(plugin)}", plugin,
        ],
        configuration.ToJsonString());

    /// <summary>Calls a chain of plugins with ADD, as libcni does.</summary>
    /// <returns>The last one's result.</returns>
    public JsonNode AddChain(string directory, JsonArray chain, int container = 0, string link = "eth0")
    {
        JsonNode? result = null;
        foreach (JsonNode? plugin in chain)
        {
            result = JsonNode.Parse(
                Call(Path.Combine(directory, plugin!["type"]!.GetValue<string>()), "ADD", With(plugin, result), container, link).OrThrow().Output)!;
        }
        return result!;
    }

    /// <summary>Calls a chain of plugins with DEL, the last one first.</summary>
    public void DeleteChain(string directory, JsonArray chain, JsonNode? result, int container = 0, string link = "eth0", string? sandbox = null)
    {
        foreach (JsonNode? plugin in chain.Reverse())
        {
            Call(Path.Combine(directory, plugin!["type"]!.GetValue<string>()), "DEL", With(plugin, result), container, link, sandbox).OrThrow();
        }
    }

    /// <summary>Calls the plugin that does all by itself.</summary>
    public CommandResult CallOwn(string command, JsonNode configuration, int container = 0, string link = "eth0", string? sandbox = null) =>
        Call(Path.Combine(Plugins, "bridgenet"), command, configuration, container, link, sandbox);

    /// <summary>A configuration with the result of the plugins before.</summary>
    public static JsonNode With(JsonNode plugin, JsonNode? result)
    {
        JsonNode copy = plugin.DeepClone();
        if (result is not null)
        {
            copy["prevResult"] = result.DeepClone();
        }
        return copy;
    }

    /// <summary>bridge, portmap and firewall as conflists have them.</summary>
    public JsonArray Chain(
        string network = "net1",
        string version = "1.0.0",
        string bridge = "cni0",
        string subnet = "10.9.0.0/16",
        string? subnet6 = "fd00:9::/64",
        int port = 8080,
        string policy = "open") =>
    [
        new JsonObject
        {
            ["cniVersion"] =
                version, ["name"] =
                    network, ["type"] = "bridge", ["bridge"] = bridge, ["isGateway"] = true, ["ipMasq"] = true, ["hairpinMode"] = true,
            ["ipam"] = Ipam(subnet, subnet6),
        },
        new JsonObject
        {
            ["cniVersion"] = version, ["name"] = network, ["type"] = "portmap", ["snat"] = true,
            ["runtimeConfig"] = new JsonObject { ["portMappings"] = Ports(port) },
        },
        new JsonObject { ["cniVersion"] = version, ["name"] = network, ["type"] = "firewall", ["ingressPolicy"] = policy },
    ];

    /// <summary>The plugin that does all by itself.</summary>
    public JsonObject Own(
        string network = "net1", string bridge = "cni0", string subnet = "10.9.0.0/16", string? subnet6 = "fd00:9::/64", int? port = 8080) => new()
        {
            ["cniVersion"] = "1.1.0",
            ["name"] = network,
            ["type"] = "bridgenet",
            ["bridge"] = bridge,
            ["ipam"] = Ipam(subnet, subnet6),
            ["runtimeConfig"] = new JsonObject { ["portMappings"] = port is { } number ? Ports(number) : new JsonArray() },
        };

    /// <summary>Rules as iptables saves them, without its remarks; and what nft has beside.</summary>
    public string Rules() => Host.RunOk(
        "iptables-save | grep -v '^#' | sed 's/ \\[[0-9:]*\\]//'; ip6tables-save | grep -v '^#' | sed 's/ \\[[0-9:]*\\]//'; nft list tables | sort");

    /// <summary>The addresses that are reserved in a network.</summary>
    public string[] ReservationsOf(string network) => Directory.Exists(Path.Combine(Reservations, network))
        ? [.. Directory.GetFiles(Path.Combine(Reservations, network)).Select(file => Path.GetFileName(file)!)
            .Where(name => name is not "lock" && !name.StartsWith("last_", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The host's veths.</summary>
    public string Veths() => Host.RunOk("ip -br link show type veth | cut -d' ' -f1 | grep -v '^eth0' || true");

    public void Dispose()
    {
        World.Dispose();
        _scratch.Dispose();
    }

    private JsonObject Ipam(string subnet, string? subnet6) => new()
    {
        ["type"] = "host-local",
        ["dataDir"] = Reservations,
        ["ranges"] = new JsonArray(
            [.. new[] { subnet, subnet6 }.OfType<string>().Select(range => new JsonArray(new JsonObject { ["subnet"] = range }))]),
        ["routes"] = new JsonArray(
            [.. (subnet6 is null ? new[] { "0.0.0.0/0" } : ["0.0.0.0/0", "::/0"]).Select(destination => new JsonObject { ["dst"] = destination })]),
    };

    private static JsonArray Ports(int port) =>
    [
        new JsonObject { ["hostPort"] = port, ["containerPort"] = 80, ["protocol"] = "tcp" },
        new JsonObject { ["hostPort"] = port + 1, ["containerPort"] = 53, ["protocol"] = "udp" },
        new JsonObject { ["hostPort"] = port + 2, ["containerPort"] = 81, ["protocol"] = "tcp", ["hostIP"] = "192.0.2.1" },
    ];
}
