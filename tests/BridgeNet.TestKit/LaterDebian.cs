using System.Runtime.InteropServices;

namespace BridgeNet.TestKit;

/// <summary>Root file systems of a later Debian, which ./dev setup makes.</summary>
public static class LaterDebian
{
    private const string Directory = "/var/cache/bridgenet";

    /// <summary>As Debian's directories of libraries have it.</summary>
    private static string Machine => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "aarch64" : "x86_64";

    /// <summary>The root with a program: "docker" or "podman".</summary>
    public static string RootOf(string name) => $"{Directory}/{name}-forky";

    /// <summary>
    /// Makes a copy of a root, in which writes vanish, the root of the shell that runs this. A plain chroot would not do: `docker exec` would run
    /// in the machine's own root. $1 is a directory that is there under the same path.
    /// </summary>
    public static string Enter(string root) =>
        $"""
        mount -t tmpfs run /run
        mkdir -p /run/upper /run/work /run/root
        mount -t overlay -o lowerdir={root},upperdir=/run/upper,workdir=/run/work overlay /run/root
        cd /run/root
        mount -t proc proc proc
        mount -t sysfs sysfs sys
        mount --rbind /sys/fs/cgroup sys/fs/cgroup
        mount --rbind /dev dev
        mount -t tmpfs run run
        mkdir -p .$1
        mount --bind $1 .$1
        pivot_root . old
        cd /
        export PATH=/usr/sbin:/usr/bin
        umount -l /old
        """;

    /// <summary>A command line of the shell that runs a root's program with the root's own libraries, among this machine's files.</summary>
    public static string CommandOf(string name, string path)
    {
        string root = RootOf(name), libraries = $"{root}/usr/lib/{Machine}-linux-gnu";
        return $"{System.IO.Directory.GetFiles(libraries, "ld-linux-*").Single()} --library-path {libraries} {root}{path}";
    }

    /// <summary>Skips the calling test, loudly, where a root is not there: it comes from a Debian mirror, which not every machine reaches.</summary>
    /// <exception cref="SkipException">It is not there.</exception>
    public static void Require(string name)
    {
        if (!System.IO.Directory.Exists(RootOf(name)))
        {
            throw new SkipException($"needs a later {name} at {RootOf(name)}: ./dev setup makes it where it reaches a Debian mirror");
        }
    }
}
