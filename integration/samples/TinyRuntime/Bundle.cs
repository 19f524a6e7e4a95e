using System.Diagnostics;
using System.Text.Json.Nodes;

using BridgeNet;

namespace TinyRuntime;

/// <summary>An OCI bundle: a directory with the root file system and a config.json that names the network namespace.</summary>
internal sealed class Bundle(string path)
{
    public string Path { get; } = path;

    /// <summary>Where its output goes while it is detached.</summary>
    public string Log => System.IO.Path.Combine(Path, "log");

    /// <summary>Makes it. The namespace is ours already, with its network in it, so the runtime gets its path.</summary>
    public void Write(ContainerRequest request, string name, NetworkNamespace sandbox)
    {
        if (request.Image is not "busybox")
        {
            throw new ContainerException($"there is no image {request.Image}: busybox is all there is");
        }
        MakeRoot(System.IO.Path.Combine(Path, "rootfs"), name);
        File.WriteAllText(System.IO.Path.Combine(Path, "config.json"), Configuration(request, name, sandbox.Path).ToJsonString());
    }

    private static void MakeRoot(string root, string name)
    {
        foreach (string directory in (string[])["bin", "dev", "etc", "proc", "sys", "tmp", "www"])
        {
            Directory.CreateDirectory(System.IO.Path.Combine(root, directory));
        }
        const string Busybox = "/bin/busybox";
        File.Copy(Busybox, root + Busybox, overwrite: true);
        using Process list = Process.Start(new ProcessStartInfo(Busybox, ["--list"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        foreach (string applet in list.StandardOutput.ReadToEnd().Split(
            '\n', StringSplitOptions.RemoveEmptyEntries).Where(applet => applet is not "busybox"))
        {
            File.CreateSymbolicLink(System.IO.Path.Combine(root, "bin", applet), "busybox");
        }
        File.WriteAllText(System.IO.Path.Combine(root, "www/index.html"), $"hello from {name}\n");
    }

    private JsonObject Configuration(ContainerRequest request, string name, string network) => new()
    {
        ["ociVersion"] = "1.0.2",
        ["process"] = new JsonObject
        {
            ["cwd"] = "/www",
            ["args"] = new JsonArray([.. request.Command.Select(word => JsonValue.Create(word))]),
            ["env"] = new JsonArray("PATH=/bin"),
            ["user"] = new JsonObject { ["uid"] = 0, ["gid"] = 0 },
            ["capabilities"] = new JsonObject
            {
                ["bounding"] = new JsonArray("CAP_NET_BIND_SERVICE"),
                ["effective"] = new JsonArray("CAP_NET_BIND_SERVICE"),
                ["permitted"] = new JsonArray("CAP_NET_BIND_SERVICE"),
            },
        },
        ["root"] = new JsonObject { ["path"] = System.IO.Path.Combine(Path, "rootfs"), ["readonly"] = true },
        ["hostname"] = name,
        ["mounts"] = new JsonArray(
            new JsonObject { ["destination"] = "/proc", ["type"] = "proc", ["source"] = "proc" },
            new JsonObject { ["destination"] = "/dev", ["type"] = "tmpfs", ["source"] = "tmpfs" }),
        ["linux"] = new JsonObject
        {
            ["cgroupsPath"] = $"/tinyruntime-{name}",
            ["namespaces"] = new JsonArray(
            [
                .. new[] { "pid", "mount", "ipc", "uts" }.Select(type => new JsonObject { ["type"] = type }),
                new JsonObject { ["type"] = "network", ["path"] = network },
            ]),
        },
    };
}
