namespace BridgeNet.TestKit;

/// <summary>
/// Debian's containerd in a namespace, with mounts and processes of its own, and `ctr run --cni` with a network configuration of the test's.
/// Dispose ends all; what was made in the namespace stays until that goes.
/// </summary>
public sealed class Containerd : IDisposable
{
    /// <summary>ctr looks for plugins and configurations at fixed places: /opt and /etc are covered. $1 is the directory.</summary>
    private const string Script =
        """
        mount -t tmpfs run /run
        mkdir -p /run/cni
        mount --bind /run/cni /var/lib/cni
        for place in etc opt; do
          mkdir -p /run/$place/upper /run/$place/work
          mount -t overlay -o lowerdir=/$place,upperdir=/run/$place/upper,workdir=/run/$place/work $place /$place
        done
        mkdir -p /etc/cni/net.d /opt/cni/bin
        cp $1/*.conflist /etc/cni/net.d/
        exec containerd --config $1/config.toml
        """;

    private readonly Scratch _scratch = new();
    private readonly Enclosure _enclosure;

    private Containerd(Netns host, string conflist)
    {
        Directory.CreateDirectory("/var/lib/cni");
        File.WriteAllText(_scratch.At("10-test.conflist"), conflist);
        File.WriteAllText(_scratch.At("config.toml"), $"""
            version = 2
            root = "{_scratch.At("root")}"
            state = "/run/containerd"
            disabled_plugins = ["io.containerd.grpc.v1.cri"]
            [grpc]
            address = "{Socket}"
            """);
        Root = BusyboxRoot.Create(_scratch.At("rootfs"), "hello");
        _enclosure = new Enclosure(host, Script, _scratch.Path);
    }

    /// <summary>The containers' root file system.</summary>
    public string Root { get; }

    private string Socket => _scratch.At("socket");

    /// <summary>Starts it, and waits until it answers.</summary>
    public static Containerd Start(Netns host, string conflist)
    {
        Programs.Require("containerd");
        Containerd containerd = new(host, conflist);
        try
        {
            containerd._enclosure.Until(() => File.Exists(containerd.Socket) && containerd.Run("version").ExitCode == 0, "containerd answers");
        }
        catch
        {
            containerd.Dispose();
            throw;
        }
        return containerd;
    }

    /// <summary>Runs the ctr command: Run("task", "ls").</summary>
    public CommandResult Run(params IEnumerable<string> arguments) => _enclosure.Run("ctr", ["--address", Socket, .. arguments]);

    /// <summary>Runs any program where containerd runs.</summary>
    public CommandResult RunInside(string program, params IEnumerable<string> arguments) => _enclosure.Run(program, arguments);

    /// <summary>Starts `ctr run --cni`, which stays as long as the container, and takes the network down behind it.</summary>
    public BackgroundProcess Serve(Netns host, string name) => host.Start("nsenter",
    [
        "--target",
        $"{_enclosure.FirstProcess}",
        "--mount",
        "--pid",
        "ctr",
        "--address",
        Socket,
        "run",
        "--rm",
        "--cni",
        "--cgroup",
        $"/{Path.GetFileName(_scratch.Path)}/{name}",
        "--rootfs", Root, name, "/bin/busybox", "httpd", "-f", "-h", "/www",
    ]);

    public void Dispose()
    {
        _enclosure.Dispose();
        ControlGroups.Remove(Path.GetFileName(_scratch.Path));
        _scratch.Dispose();
    }
}
