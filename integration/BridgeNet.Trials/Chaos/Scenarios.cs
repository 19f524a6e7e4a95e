using System.Text.Json.Nodes;

namespace BridgeNet.Trials.Chaos;

/// <summary>Every public verb.</summary>
internal static class Scenarios
{
    private static readonly Step s_named = Step.Of(
        "network", "create", "--subnet", "172.20.0.0/16", "--bridge-name", "blue0", "--ipv6", "--subnet", "fd00:20::/64", "blue");

    /// <summary>Without names: their server is a process that a verb starts and that goes on, and the calls of both would be counted.</summary>
    private static readonly Step s_network = Step.Of([.. s_named.Arguments, "--no-dns"]);

    private static readonly Step s_noNetwork = Step.Of("network", "rm", "blue");
    private static readonly Step s_noWeb = Step.Of("detach", "web");

    /// <summary>What there is, by name; each makes what it needs in a world of its own.</summary>
    public static IReadOnlyDictionary<string, Func<ChaosWorld, Scenario>> All { get; } =
        new Dictionary<string, Func<ChaosWorld, Scenario>>(StringComparer.Ordinal)
        {
            ["network create"] = world => new()
            {
                Verb = "network create",
                Prepare = [],
                Struck = s_named,
                Undo = [s_noNetwork],
                IsIdempotent = true,
                Marker = world.State,
            },
            ["network rm"] =
            world => new() { Verb = "network rm", Prepare = [s_network], Struck = s_noNetwork, Undo = [s_network], Marker = world.State },
            ["attach"] = world => new() { Verb = "attach", Prepare = [s_network], Struck = Attach(world), Undo = [s_noWeb], Marker = world.State },
            ["attach, limited"] = world => new()
            {
                Verb = "attach, limited",
                Prepare = [s_network],
                Struck = Attach(world, "--ingress-rate", "8m", "--egress-rate", "8m"),
                Undo = [s_noWeb],
                Marker = world.State,
            },
            ["detach"] =
            world => new() { Verb = "detach", Prepare = [s_network, Attach(world)], Struck = s_noWeb, Undo = [Attach(world)], Marker = world.State },
            ["detach of three"] = world => new()
            {
                Verb = "detach of three",
                Prepare = [s_network, .. Three(world)],
                Struck = Step.Of("detach", "one", "two", "three"),
                Recover = [Step.Of("gc"), Step.Of("detach", "one", "two", "three")],
                MayFindNothing = true, // of those that are detached already
                Undo = Three(world),
                Containers = 3,
                Marker = world.State,
            },
            ["publish"] = world => new()
            {
                Verb = "publish",
                Prepare = [s_network, Attach(world)],
                Struck = Step.Of("publish", "web", "9090:90", "127.0.0.1:9191:91/udp"),
                Undo = [Step.Of("unpublish", "web", "9090:90", "127.0.0.1:9191:91/udp")],
                Marker = world.State,
            },
            ["unpublish"] = world => new()
            {
                Verb = "unpublish",
                Prepare = [s_network, Attach(world)],
                Struck = Step.Of("unpublish", "web", "8080:80"),
                Undo = [Step.Of("publish", "web", "8080:80")],
                Marker = world.State,
            },
            ["unpublish-part"] = world => new()
            {
                Verb = "unpublish",
                Prepare = [s_network, Attach(world), Step.Of("publish", "web", "9000-9099:9000-9099")],
                Struck = Step.Of("unpublish", "web", "9050"),
                Undo = [Step.Of("unpublish", "web", "9000-9099"), Step.Of("publish", "web", "9000-9099:9000-9099")],
                Marker = world.State,
            },
            ["limit"] = world => new()
            {
                Verb = "limit",
                Prepare = [s_network, Attach(world)],
                Struck = Step.Of("limit", "web", "--ingress-rate", "8m", "--egress-rate", "8m"),
                Undo = [Step.Of("limit", "web", "--off")],
                IsIdempotent = true,
                Marker = world.State,
            },
            ["repair"] = world => new()
            {
                Verb = "repair",
                Prepare = [s_network, Attach(world)],
                Struck = Step.Of("repair"),
                Recover = [Step.Of("repair")],
                Undo = [],
                Damage = "nft flush ruleset; ip link del blue0",
                IsIdempotent = true,
                Marker = world.State,
            },
            ["gc"] = world => new()
            {
                Verb = "gc",
                Prepare = [s_network, Attach(world)],
                Struck = Step.Of("gc"),
                Undo = [Attach(world)],
                // as a detach that was killed leaves it
                Damage = $"cd {world.State}/endpoints && for f in *.json; do mv $f ${{f%.json}}.removing; done",
                IsIdempotent = true,
                Marker = world.State,
            },
            ["CNI ADD"] = world => Cni(world, isDeletion: false),
            ["CNI DEL"] = world => Cni(world, isDeletion: true),
            ["oci-hook createRuntime"] = world => Hook(world, isEnd: false),
            ["oci-hook poststop"] = world => Hook(world, isEnd: true),
        };

    /// <summary>What runs beside a verb that is stopped, by name; together the steps of each change nothing.</summary>
    public static IReadOnlyDictionary<string, Func<ChaosWorld, Step[]>> Beside { get; } =
        new Dictionary<string, Func<ChaosWorld, Step[]>>(StringComparer.Ordinal)
        {
            ["gc"] = _ => [Step.Of("gc")],
            ["repair"] = _ => [Step.Of("repair")],
            ["neighbour"] = world =>
            [
                Step.Of("attach", world.Containers[^1].Path, "--network", "blue", "--name", "neighbour", "-p", "7070:70"),
                Step.Of("publish", "neighbour", "7171:71"),
                Step.Of("detach", "neighbour"),
            ],
        };

    /// <summary>The verbs that can be stopped for another: the neighbour needs a network that is whole, and CNI is nothing to the driver.</summary>
    public static IEnumerable<string> StoppedFor(string beside) => All.Keys.Where(verb =>
        !verb.StartsWith("CNI", StringComparison.Ordinal)
        && !(beside is "neighbour" && (verb.StartsWith("network", StringComparison.Ordinal) || verb is "repair" or "detach of three")));

    private static Step Attach(ChaosWorld world, params string[] options) => Step.Of(
        ["attach", world.Containers[0].Path, "--network", "blue", "--name", "web", "--ip", "172.20.0.5", "--ip6", "fd00:20::5",
            "-p", "8080:80", .. options]);

    private static Step[] Three(ChaosWorld world) =>
    [
        .. new[] { "one", "two", "three" }.Select((name, i) => Step.Of(
            "attach",
            world.Containers[i].Path,
            "--network",
            "blue",
            "--name",
            name,
            "--ip",
            $"172.20.0.{i + 5}",
            "--ip6",
            $"fd00:20::{i + 5}",
            "-p",
            $"808{i}:80")),
    ];

    private static Scenario Cni(ChaosWorld world, bool isDeletion)
    {
        string configuration = new JsonObject
        {
            ["cniVersion"] = "1.1.0",
            ["name"] = "net1",
            ["type"] = "bridgenet",
            ["bridge"] = "cni0",
            ["ipam"] = new JsonObject
            {
                ["type"] = "host-local",
                ["dataDir"] = $"{world.State}/leases",
                ["ranges"] = new JsonArray(new JsonArray(new JsonObject { ["subnet"] = "10.9.0.0/16" })),
                ["routes"] = new JsonArray(new JsonObject { ["dst"] = "0.0.0.0/0" }),
            },
            ["args"] = new JsonObject { ["cni"] = new JsonObject { ["ips"] = new JsonArray("10.9.0.7") } },
            ["runtimeConfig"] = new JsonObject
            {
                ["portMappings"] = new JsonArray(
                new JsonObject { ["hostPort"] = 8080, ["containerPort"] = 80, ["protocol"] = "tcp" })
            },
        }.ToJsonString();
        Step add = Call("ADD"), delete = Call("DEL");
        return new Scenario
        {
            Verb = isDeletion ? "CNI DEL" : "CNI ADD",
            Prepare = isDeletion ? [add, delete, add] : [add, delete],
            Struck = isDeletion ? delete : add,
            Recover = [delete], // as a runtime does after an ADD that failed; a DEL that failed it repeats
            Undo = isDeletion ? [add] : [delete],
            IsIdempotent = isDeletion,
            Marker = world.State,
        };

        Step Call(string command) => new(
            [],
            [$"CNI_COMMAND={command}", "CNI_CONTAINERID=c1", $"CNI_NETNS={world.Containers[0].Path}", "CNI_IFNAME=eth0", "CNI_PATH=/nowhere"],
            configuration);
    }

    private static Scenario Hook(ChaosWorld world, bool isEnd)
    {
        TestKit.BackgroundProcess sleeper = world.Containers[0].Start("sleep", "infinity");
        string bundle = Directory.CreateDirectory(Path.Combine(world.Scratch, "bundle")).FullName;
        JsonObject Annotations() => new()
        {
            ["bridgenet.publish"] = "8080:80",
            ["bridgenet.name"] = "web",
            ["bridgenet.network"] = "blue",
            ["bridgenet.ip"] = "172.20.0.5",
            ["bridgenet.ip6"] = "fd00:20::5",
        };
        File.WriteAllText(Path.Combine(bundle, "config.json"), new JsonObject
        {
            ["ociVersion"] = "1.0.2",
            ["annotations"] = Annotations(),
            ["linux"] = new JsonObject { ["namespaces"] = new JsonArray(new JsonObject { ["type"] = "network" }) },
        }.ToJsonString());
        string state = new JsonObject
        {
            ["ociVersion"] = "1.0.2",
            ["id"] = "c1",
            ["status"] = "creating",
            ["pid"] = sleeper.Id,
            ["bundle"] = bundle,
            ["annotations"] = Annotations(),
        }.ToJsonString();
        Step create = new(["oci-hook", "createRuntime"], [], state), stop = new(["oci-hook", "poststop"], [], state);
        return new Scenario
        {
            Verb = isEnd ? "oci-hook poststop" : "oci-hook createRuntime",
            Prepare = isEnd ? [s_network, create] : [s_network],
            Struck = isEnd ? stop : create,
            Recover = [Step.Of("gc"), stop], // as a runtime does after a hook that failed
            Undo = isEnd ? [create] : [stop],
            IsIdempotent = isEnd,
            Marker = world.State,
            Companion = sleeper,
        };
    }
}
