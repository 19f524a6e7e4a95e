using System.Text.Json.Nodes;

using BridgeNet.Integration.Tests.Binary;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Oci;

/// <summary>Debian's runc or crun in a world's host, and a busybox container whose config.json has our hooks.</summary>
internal sealed class OciRuntime : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly string _program;
    private readonly List<string> _containers = [];

    public OciRuntime(string program)
    {
        _program = program;
        BusyboxRoot.Create(_scratch.At("rootfs"), "hello");
    }

    public World World { get; } = new();

    public Netns Host => World.Host;

    /// <summary>Runs the runtime.</summary>
    public CommandResult Run(string words)
    {
        // What it starts keeps its outputs open, so they are files.
        string log = _scratch.At("log");
        string command =
            $"{Programs.Require(_program)} --root {_scratch.At("state")} "
                + $"{(_program is "crun" ? "--cgroup-manager=disabled " : string.Empty)}{words} > {log} 2>&1 < /dev/null";
        CommandResult result = _program is "crun"
            // crun refuses a machine with both versions of control groups
            ? Host.Run("unshare", "--mount", "sh", "-c", $"mount -t tmpfs none /sys/fs/cgroup; {command}")
            : Host.Run(command);
        return result with { Output = File.ReadAllText(log) };
    }

    /// <summary>Makes a container, and starts it.</summary>
    public CommandResult Start(string id, JsonObject annotations, string hook = "createRuntime", params string[] arguments)
    {
        string bundle = _scratch.At(id);
        Directory.CreateDirectory(bundle);
        File.WriteAllText(Path.Combine(bundle, "config.json"), Configuration(id, annotations, hook, arguments).ToJsonString());
        _containers.Add(id);
        return Run($"run --detach --bundle {bundle} {id}");
    }

    /// <summary>A file of a container's bundle.</summary>
    public string Bundle(string id, string file) => Path.Combine(_scratch.At(id), file);

    /// <summary>Ends a container, and has it forgotten.</summary>
    public CommandResult Delete(string id) => Run($"delete --force {id}");

    /// <summary>The binary, with the hooks' state.</summary>
    public CommandResult Binary(params string[] words) => Host.Run(BinaryWorld.Path, ["--state-dir", World.StateDirectory, .. words]);

    /// <summary>Calls a hook by hand.</summary>
    public CommandResult Hook(string stage, string state) =>
        Programs.Run("nsenter", [$"--net={Host.Path}", BinaryWorld.Path, "--state-dir", World.StateDirectory, "oci-hook", stage], state);

    /// <summary>Whatever endpoints left: records, links and elements.</summary>
    public string Leftovers() => string.Join('\n',
        Binary("ls", "--quiet").OrThrow().Output,
        Host.RunOk("ip -br link show type veth | grep -v '^eth0' || true"),
        Host.RunOk("nft list ruleset | grep -E '172\\.17\\.0\\.[2-9]|dport' | grep -v 'th dport' || true"),
        Host.RunOk($"find {World.StateDirectory}/oci -type f 2>/dev/null || true")).Trim();

    public void Dispose()
    {
        _containers.ForEach(id => Delete(id));
        World.Dispose();
        ControlGroups.Remove(Path.GetFileName(_scratch.Path));
        _scratch.Dispose();
    }

    private JsonObject Configuration(string id, JsonObject annotations, string hook, string[] arguments) => new()
    {
        ["ociVersion"] = "1.0.2",
        ["process"] = new JsonObject
        {
            ["cwd"] = "/",
            ["args"] = new JsonArray("/bin/busybox", "httpd", "-f", "-h", "/www"),
            ["user"] = new JsonObject { ["uid"] = 0, ["gid"] = 0 },
            ["capabilities"] = new JsonObject
            {
                ["bounding"] = new JsonArray(
                "CAP_NET_BIND_SERVICE"),
                ["effective"] = new JsonArray(
                    "CAP_NET_BIND_SERVICE"),
                ["permitted"] = new JsonArray("CAP_NET_BIND_SERVICE")
            },
        },
        ["root"] = new JsonObject { ["path"] = _scratch.At("rootfs"), ["readonly"] = true },
        ["hostname"] = "test",
        ["mounts"] = new JsonArray(
            new JsonObject { ["destination"] = "/proc", ["type"] = "proc", ["source"] = "proc" },
            new JsonObject { ["destination"] = "/dev", ["type"] = "tmpfs", ["source"] = "tmpfs" }),
        ["annotations"] = annotations,
        ["linux"] = new JsonObject
        {
            ["cgroupsPath"] = $"/{Path.GetFileName(_scratch.Path)}/{id}",
            ["namespaces"] = new JsonArray([.. new[] { "pid", "network", "mount", "ipc", "uts" }.Select(type => new JsonObject { ["type"] = type })]),
        },
        ["hooks"] = new JsonObject
        {
            [hook] = new JsonArray(HookOf(hook, arguments)),
            ["poststop"] = new JsonArray(HookOf("poststop", [])),
        },
    };

    private JsonObject HookOf(string stage, string[] arguments) => new()
    {
        ["path"] = BinaryWorld.Path,
        ["args"] = new JsonArray(
            [.. new[] { "bridgenet", "--state-dir", World.StateDirectory, "oci-hook", stage }.Concat(arguments).Select(
                word => JsonValue.Create(word))]),
    };
}
