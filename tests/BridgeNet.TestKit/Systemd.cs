namespace BridgeNet.TestKit;

/// <summary>
/// A real systemd as the first process in a namespace, with a message bus and no services but those that are written to /etc/systemd/system in
/// there. It has no console, and can set nothing of the machine but what belongs to the namespace. Dispose ends it and everything that it started.
/// </summary>
public sealed class Systemd : IDisposable
{
    /// <summary>$1 is a directory, whose name its control group has; $2 is the program under test, which is /run/bin/bridgenet inside.</summary>
    private const string Script =
        """
        umount -l /sys/fs/cgroup
        mount -t cgroup2 cgroup2 /sys/fs/cgroup
        group=/sys/fs/cgroup/$(basename $1)
        mkdir $group
        echo 0 > $group/cgroup.procs
        mount -t tmpfs run /run
        mkdir -p /run/lock /run/netns /run/bin /run/dev/pts /run/dev/shm
        cp $2 /run/bin/bridgenet
        touch $1/ready
        for place in /tmp /var/lib /etc/systemd/system; do mount -t tmpfs own $place; done
        for device in null zero full random urandom tty; do touch /run/dev/$device; mount --bind /dev/$device /run/dev/$device; done
        mount -t devpts -o newinstance,ptmxmode=666 pts /run/dev/pts
        ln -s pts/ptmx /run/dev/ptmx
        mount --rbind /run/dev /dev
        touch /run/nothing
        echo 0123456789abcdef0123456789abcdef > /run/machine-id
        for file in /etc/fstab /etc/systemd/system.conf; do [ ! -e $file ] || mount --bind /run/nothing $file; done
        [ ! -e /etc/machine-id ] || mount --bind /run/machine-id /etc/machine-id
        for unit in $(basename -a /lib/systemd/system/*.wants/* | grep -v ^dbus); do ln -sf /dev/null /etc/systemd/system/$unit; done
        mount --bind /proc/sys /proc/sys
        mount --bind /proc/sys/net /proc/sys/net
        mount -o remount,bind,ro /proc/sys
        ip link set lo up
        export container=other PATH=/run/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
        exec unshare --cgroup --uts --ipc sh -ec 'umount /sys/fs/cgroup; mount -t cgroup2 cgroup2 /sys/fs/cgroup; exec "$@"' sh \
          /lib/systemd/systemd --unit=basic.target --log-target=console
        """;

    /// <summary>Empty control groups stay when their processes are gone. $1 is the name of the first.</summary>
    private const string RemoveGroups =
        """
        umount -l /sys/fs/cgroup
        mount -t cgroup2 cgroup2 /sys/fs/cgroup
        [ ! -e /sys/fs/cgroup/$1 ] || find /sys/fs/cgroup/$1 -depth -type d -exec rmdir {} +
        """;

    private readonly Scratch _scratch = new();
    private readonly Enclosure _enclosure;

    private Systemd(Netns host, string binary) =>
        _enclosure = new Enclosure(host, Script, _scratch.Path, binary);

    /// <summary>Starts one, and waits until it has started.</summary>
    /// <param name="host">The namespace that it takes for its host.</param>
    /// <param name="binary">The program under test.</param>
    public static Systemd Start(Netns host, string binary)
    {
        Programs.Require("systemctl");
        Systemd systemd = new(host, binary);
        try
        {
            systemd._enclosure.Until(
                () => File.Exists(systemd._scratch.At("ready")) && systemd.Shell("systemctl is-active basic.target").ExitCode == 0,
                "systemd has started");
        }
        catch
        {
            systemd.Dispose();
            throw;
        }
        return systemd;
    }

    /// <summary>Runs a command line of the shell inside.</summary>
    public CommandResult Shell(string commandLine) =>
        _enclosure.RunOwn("/bin/sh", ["-c", $"export PATH=/run/bin:/usr/sbin:/usr/bin:/sbin:/bin; {commandLine}"], input: null);

    /// <summary>Runs a command line that must succeed, and returns its output.</summary>
    public string ShellOk(string commandLine) => Shell(commandLine).OrThrow().Output;

    /// <summary>The names of its scopes, but for its own.</summary>
    public IReadOnlyList<string> Scopes =>
    [
        .. ShellOk("systemctl list-units --type=scope --plain --no-legend").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ')[0]).Where(name => name is not "init.scope"),
    ];

    public void Dispose()
    {
        _enclosure.Dispose();
        Eventually.Until( // the last process may not be buried yet
            () => Programs.Run("unshare", ["--mount", "sh", "-ec", RemoveGroups, "sh", Path.GetFileName(_scratch.Path)]).ExitCode == 0,
            "its control groups are empty");
        _scratch.Dispose();
    }

    public override string ToString() => _enclosure.ToString();
}
