namespace BridgeNet.TestKit;

/// <summary>Root file systems of a later Debian, which ./dev setup makes.</summary>
public static class LaterDebian
{
    private const string Directory = "/var/cache/bridgenet";

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
