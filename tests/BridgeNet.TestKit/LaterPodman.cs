using System.Formats.Tar;

namespace BridgeNet.TestKit;

/// <summary>
/// A later Debian's podman, with its netavark or another, in a namespace; the image `web` is a busybox that serves a page at port 80. Dispose ends
/// all containers; what was made in the namespace stays until that goes.
/// </summary>
public sealed class LaterPodman : IDisposable
{
    /// <summary>Where Debian's own netavark and aardvark-dns are.</summary>
    public const string Helpers = "/usr/lib/podman";

    /// <summary>What podman wants of a machine: control groups of its own, places to write, and no configuration but this.</summary>
    private const string Script =
        """

        for applet in cp touch sleep ls find sort cat killall tee; do [ -e /usr/bin/$applet ] || busybox ln -s busybox /usr/bin/$applet; done
        umount -l /sys/fs/cgroup
        mount -t cgroup2 cgroup2 /sys/fs/cgroup
        mkdir -p /etc/containers /run/netns /run/lock /var/lib/containers /var/tmp /tmp
        mount -t tmpfs storage /var/lib/containers
        cp $1/*.conf $1/policy.json /etc/containers
        echo nameserver 192.0.2.254 > /etc/resolv.conf
        ip link set lo up
        touch $1/ready
        exec sleep infinity
        """;

    private readonly Scratch _scratch = new();
    private readonly Enclosure _enclosure;

    private LaterPodman(Netns host, string? binary)
    {
        string helpers = Helpers;
        if (binary is not null)
        {
            helpers = Directory.CreateDirectory(_scratch.At("helpers")).FullName;
            File.Copy(binary, Path.Combine(helpers, "netavark"));
            File.CreateSymbolicLink(Path.Combine(helpers, "aardvark-dns"), "netavark");
        }
        OwnHelpers = helpers;
        File.WriteAllText(_scratch.At("policy.json"), """{"default":[{"type":"insecureAcceptAnything"}]}""");
        File.WriteAllText(
            _scratch.At("storage.conf"),
            """
            [storage]
            driver="vfs"
            runroot="/run/containers/storage"
            graphroot="/var/lib/containers/storage"
            """);
        File.WriteAllText(
            _scratch.At("containers.conf"),
            $"""
            [containers]
            cgroups="disabled"
            log_driver="k8s-file"
            [engine]
            cgroup_manager="cgroupfs"
            events_logger="file"
            runtime="crun"
            helper_binaries_dir=["{helpers}","{Helpers}"]
            """);
        _enclosure = new Enclosure(host, LaterDebian.Enter(LaterDebian.RootOf("podman")) + Script, _scratch.Path);
    }

    /// <summary>Where the netavark and aardvark-dns are that podman starts.</summary>
    public string OwnHelpers { get; }

    /// <summary>Starts one.</summary>
    /// <param name="host">The namespace that it takes for its host.</param>
    /// <param name="binary">What takes netavark's place; null for Debian's own.</param>
    public static LaterPodman Start(Netns host, string? binary)
    {
        LaterDebian.Require("podman");
        LaterPodman podman = new(host, binary);
        try
        {
            podman._enclosure.Until(() => File.Exists(podman._scratch.At("ready")), "its mounts are there");
        }
        catch
        {
            podman.Dispose();
            throw;
        }
        return podman;
    }

    /// <summary>Runs a command line of the shell where podman runs.</summary>
    public CommandResult Shell(string commandLine, string? input = null) =>
        _enclosure.RunOwn("/usr/bin/sh", ["-c", $"export PATH=/usr/sbin:/usr/bin; {commandLine}"], input);

    /// <summary>Runs a command line that must succeed, and returns its output.</summary>
    public string ShellOk(string commandLine, string? input = null) => Shell(commandLine, input).OrThrow().Output;

    /// <summary>Makes the image `web`.</summary>
    public void ImportImage()
    {
        TarFile.CreateFromDirectory(BusyboxRoot.Create(_scratch.At("image"), "hello"), _scratch.At("image.tar"), includeBaseDirectory: false);
        ShellOk($"podman import {_scratch.At("image.tar")} web");
    }

    public void Dispose()
    {
        _enclosure.Dispose();
        _scratch.Dispose();
    }

    public override string ToString() => _enclosure.ToString();
}
