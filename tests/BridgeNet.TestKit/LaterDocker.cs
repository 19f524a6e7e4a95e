namespace BridgeNet.TestKit;

/// <summary>The root file system of a later Docker, which ./dev setup makes.</summary>
internal static class LaterDocker
{
    public const string Root = "/var/cache/bridgenet/docker-forky";

    /// <summary>
    /// Makes a copy of the root, in which writes vanish, the root of the shell that runs this. A plain chroot would not do: `docker exec` would run
    /// in the machine's own root. $1 is the daemon's directory, which is there under the same path.
    /// </summary>
    public const string Enter =
        $"""
        mount -t tmpfs run /run
        mkdir -p /run/upper /run/work /run/root
        mount -t overlay -o lowerdir={Root},upperdir=/run/upper,workdir=/run/work overlay /run/root
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

    /// <summary>Skips the calling test, loudly, where there is none: it comes from a Debian mirror, which not every machine reaches.</summary>
    /// <exception cref="SkipException">It is not there.</exception>
    public static void Require()
    {
        if (!Directory.Exists(Root))
        {
            throw new SkipException($"needs a later Docker at {Root}: ./dev setup makes it where it reaches a Debian mirror");
        }
    }
}
