using System.Formats.Tar;

namespace BridgeNet.TestKit;

/// <summary>
/// Debian's podman in a namespace, with storage, mounts and processes of its own; the image `web` is a busybox that serves a page at port 80.
/// Dispose ends all containers; what was made in the namespace stays until that goes.
/// </summary>
public sealed class Podman : IDisposable
{
    /// <summary>/run, what CNI remembers, and /etc are the enclosure's own. $1 is the directory.</summary>
    private const string Script =
        """
        mount -t tmpfs run /run
        mkdir -p /run/cni /run/etc/upper /run/etc/work
        [ ! -d /var/lib/cni ] || mount --bind /run/cni /var/lib/cni
        mount -t overlay -o lowerdir=/etc,upperdir=/run/etc/upper,workdir=/run/etc/work etc /etc
        mkdir -p /run/lock
        touch $1/ready
        exec sleep infinity
        """;

    private readonly Scratch _scratch = new();
    private readonly Enclosure _enclosure;

    private Podman(Netns host, string configuration)
    {
        Directory.CreateDirectory(_scratch.At("networks"));
        File.WriteAllText(_scratch.At("containers.conf"), configuration.Replace("{networks}", _scratch.At("networks"), StringComparison.Ordinal));
        Directory.CreateDirectory("/var/lib/cni"); // the mount point; podman would make it too
        _enclosure = new Enclosure(host, Script, _scratch.Path);
    }

    /// <summary>A podman whose networks are CNI's.</summary>
    /// <param name="host">The namespace that it takes for its host.</param>
    /// <param name="plugins">The directory of the plugins.</param>
    public static Podman StartWithCni(Netns host, string plugins) => Start(host, $"""
        [network]
        network_backend="cni"
        cni_plugin_dirs=["{plugins}"]
        network_config_dir="{"{networks}"}"
        [engine]
        runtime="runc"
        events_logger="file"
        """);

    /// <summary>A podman whose networks are netavark's.</summary>
    /// <param name="host">The namespace that it takes for its host.</param>
    /// <param name="helpers">The directory with what podman calls netavark and aardvark-dns. It may change meanwhile.</param>
    public static Podman StartWithNetavark(Netns host, string helpers) => Start(host, $"""
        [network]
        network_backend="netavark"
        network_config_dir="{"{networks}"}"
        [engine]
        runtime="runc"
        events_logger="file"
        helper_binaries_dir=["{helpers}"]
        """);

    /// <summary>A podman that runs the hooks of a directory.</summary>
    public static Podman StartWithHooks(Netns host, string hooks) => Start(host, $"""
        [network]
        network_backend="cni"
        network_config_dir="{"{networks}"}"
        [engine]
        runtime="runc"
        events_logger="file"
        hooks_dir=["{hooks}"]
        """);

    /// <summary>Runs the podman command: Run("network", "ls").</summary>
    public CommandResult Run(params IEnumerable<string> arguments) => _enclosure.Run("env",
    [
        $"CONTAINERS_CONF={_scratch.At("containers.conf")}", "podman", "--root", _scratch.At("root"), "--runroot", "/run/containers/storage",
        "--storage-driver", "vfs", "--cgroup-manager", "cgroupfs", .. arguments,
    ]);

    /// <summary>Runs a command that must succeed, and returns what it printed.</summary>
    public string RunOk(params IEnumerable<string> arguments) => Run(arguments).OrThrow().Output;

    /// <summary>Starts a container that serves the page.</summary>
    public void Serve(string name, params IEnumerable<string> options) =>
        RunOk(
        [
            "run", "--detach", "--name", name, "--cgroup-parent", $"/{Path.GetFileName(_scratch.Path)}", "--cgroups", "no-conmon",
            "--stop-timeout", "0", .. options, "web", "/bin/busybox", "httpd", "-f", "-h", "/www",
        ]);

    /// <summary>Runs any program where podman runs.</summary>
    public CommandResult RunInside(string program, params IEnumerable<string> arguments) => _enclosure.Run(program, arguments);

    public void Dispose()
    {
        _enclosure.Dispose();
        ControlGroups.Remove(Path.GetFileName(_scratch.Path));
        _scratch.Dispose();
    }

    private static Podman Start(Netns host, string configuration)
    {
        Programs.Require("podman");
        Podman podman = new(host, configuration);
        try
        {
            podman._enclosure.Until(() => File.Exists(podman._scratch.At("ready")), "its mounts are there");
            podman.ImportImage();
        }
        catch
        {
            podman.Dispose();
            throw;
        }
        return podman;
    }

    private void ImportImage()
    {
        TarFile.CreateFromDirectory(BusyboxRoot.Create(_scratch.At("image"), "hello"), _scratch.At("image.tar"), includeBaseDirectory: false);
        RunOk("import", _scratch.At("image.tar"), "web");
    }
}
