using System.Formats.Tar;
using System.Net.Sockets;

using Mono.Unix.Native;

namespace BridgeNet.TestKit;

/// <summary>
/// A real dockerd with its containerd in a namespace, and web servers as its containers. What it writes goes to a directory of its own, so several
/// run side by side. Dispose ends all processes; what it made in the namespace (docker0, its rules) stays until the namespace goes.
/// </summary>
public sealed class DockerDaemon : IDisposable
{
    /// <summary>dockerd writes to /etc/docker and containerd to /opt whatever they are told: both are covered.</summary>
    private const string CoverMachine =
        """
        mount -t tmpfs run /run
        for place in etc opt; do
          mkdir -p /run/$place/upper /run/$place/work
          mount -t overlay -o lowerdir=/$place,upperdir=/run/$place/upper,workdir=/run/$place/work $place /$place
        done
        """;

    /// <summary>
    /// $1 is the directory, $2 its control group, $3 the bus on which it looks for firewalld. Where $4 is there, a shell stays as process 1: it
    /// starts a dockerd that was killed again, and buries what that one left; a dead containerd would be taken for a living one.
    /// </summary>
    private const string Script =
        """

        mkdir -p /etc/docker/plugins
        echo unix://$1/bridgenet.sock > /etc/docker/plugins/bridgenet.spec
        export DBUS_SYSTEM_BUS_ADDRESS=$3
        set -- "$4" dockerd --storage-driver vfs --cgroup-parent $2 --data-root $1/data --exec-root /run/docker \
          --pidfile /run/docker.pid --host unix://$1/socket
        again=$1
        shift
        [ -n "$again" ] || exec "$@"
        while :; do "$@" || :; done
        """;

    private const string Client = "/usr/bin/docker"; // of the daemon's release, whatever else PATH has

    private readonly Scratch _scratch = new();
    private readonly Netns _host;
    private readonly string _bus;
    private readonly bool _restarts;
    private readonly List<string> _plugins = [];
    private Enclosure _enclosure;

    private DockerDaemon(Netns host, DockerGeneration generation, Firewalld? firewalld, bool restarts)
    {
        _host = host;
        _restarts = restarts;
        _bus = firewalld?.BusAddress ?? "unix:path=/run/nobody";
        Generation = generation;
        Programs.Require("dockerd");
        _enclosure = StartEnclosure();
    }

    public DockerGeneration Generation { get; }

    /// <summary>As its directory and its control group are called, which no other has.</summary>
    public string Name => Path.GetFileName(_scratch.Path);

    /// <summary>Where the daemon looks for the plugin "bridgenet", once somebody asks for it.</summary>
    public string PluginSocket => _scratch.At("bridgenet.sock");

    /// <summary>Where the daemon answers.</summary>
    public string Socket => _scratch.At("socket");

    /// <summary>Starts it, with iptables and its proxies as Debian does, and waits until its API answers.</summary>
    /// <param name="host">The namespace that it takes for its host.</param>
    /// <param name="generation">The release; a test on the later one is skipped where that is missing.</param>
    /// <param name="firewalld">With whom it shares the host, which the later one cannot; null if with nobody.</param>
    /// <param name="restarts">Whether one that ends by itself, or by <see cref="KillAlone"/>, is started again at once; then there is no
    /// <see cref="Restart"/>.</param>
    public static DockerDaemon Start(
        Netns host, DockerGeneration generation = DockerGeneration.Debian12, Firewalld? firewalld = null, bool restarts = false)
    {
        if (generation == DockerGeneration.Later)
        {
            LaterDebian.Require("docker");
        }
        DockerDaemon daemon = new(host, generation, firewalld, restarts);
        try
        {
            daemon.WaitUntilReady();
            daemon.ImportImage();
        }
        catch
        {
            daemon.Dispose();
            throw;
        }
        return daemon;
    }

    /// <summary>A file or directory of this daemon's own, which the docker command sees under the same path.</summary>
    public string At(string name) => _scratch.At(name);

    /// <summary>Runs the docker command of the daemon's release: Run("network", "ls").</summary>
    public CommandResult Run(params IEnumerable<string> arguments) => Run(arguments, limit: null);

    /// <summary>The same, of a command that may take longer than a minute.</summary>
    public CommandResult Run(IEnumerable<string> arguments, TimeSpan? limit)
    {
        string[] all = ["--host", $"unix://{Socket}", .. arguments];
        return Generation == DockerGeneration.Later ? _enclosure.RunOwn(Client, all, input: null, limit) : Programs.Run(Client, all, limit: limit);
    }

    /// <summary>Runs a program in a container's network and root: `docker exec` without its cost, which is many times that of the program.</summary>
    /// <param name="process">The container's first process, as `docker inspect` says.</param>
    /// <param name="command">The program's path in the container, and its arguments.</param>
    public CommandResult RunInContainer(string process, params IEnumerable<string> command)
    {
        string place = $"/proc/{_enclosure.FirstProcess}/root/proc/{process}/ns";
        return Programs.Run("nsenter", [$"--net={place}/net", $"--mount={place}/mnt", .. command]);
    }

    /// <summary>A socket of a container's network, which any thread may use.</summary>
    /// <param name="process">The container's first process, as `docker inspect` says.</param>
    /// <param name="family">Its addresses.</param>
    /// <param name="type">Its type.</param>
    /// <param name="protocol">Its protocol.</param>
    public Socket OpenSocket(string process, AddressFamily family, SocketType type, ProtocolType protocol) =>
        EnterNamespace.Run($"/proc/{_enclosure.FirstProcess}/root/proc/{process}/ns/net", () => new Socket(family, type, protocol));

    /// <summary>A container with a page at its port 80; it comes back with the daemon.</summary>
    /// <param name="name">As docker calls it.</param>
    /// <param name="page">What it serves.</param>
    /// <param name="options">More options of `docker run`: "--publish=9090:80".</param>
    /// <returns>Its address on docker0.</returns>
    public string Serve(string name, string page, params IEnumerable<string> options)
    {
        Run(["run", "--detach", "--name", name, "--restart", "always", "--stop-signal", "KILL", "--env", $"page={page}", .. options, "web"])
            .OrThrow();
        WaitUntilServing(name);
        return Run("inspect", "--format", "{{.NetworkSettings.IPAddress}}", name).OrThrow().Output.Trim();
    }

    /// <summary>Makes a managed plugin. Its control group is not among the daemon's own, and goes with the daemon all the same.</summary>
    /// <param name="name">As docker calls it.</param>
    /// <param name="directory">Where its config.json and its rootfs are.</param>
    /// <returns>Its id.</returns>
    public string CreatePlugin(string name, string directory)
    {
        Run("plugin", "create", name, directory).OrThrow();
        _plugins.Add(Run("plugin", "inspect", "--format", "{{.Id}}", name).OrThrow().Output.Trim());
        return _plugins[^1];
    }

    /// <summary>The image `busybox`, with the commands that the examples use, as Docker's own has them.</summary>
    public void ImportBusybox() => Import("busybox", [], ["sh", "httpd", "wget", "ip", "cat", "mkdir"]);

    /// <summary>Waits until a container's server answers inside it.</summary>
    public void WaitUntilServing(string name) =>
        _enclosure.Until(
            () => Run("exec", name, "/bin/busybox", "wget", "-q", "-O", "-", "http://127.0.0.1/").ExitCode == 0, $"{name} serves its page");

    /// <summary>Stops it in good order, as `systemctl restart docker` does, and starts it again.</summary>
    public void Restart()
    {
        _enclosure.Stop();
        _enclosure = StartEnclosure();
        WaitUntilReady();
    }

    /// <summary>Kills it with all its containers, as a power cut does, and starts it again on the same disk.</summary>
    public void Crash()
    {
        Kill();
        StartAgain();
    }

    /// <summary>Kills it with all its containers.</summary>
    public void Kill() => _enclosure.Dispose();

    /// <summary>Starts it again after <see cref="Kill"/>.</summary>
    public void StartAgain()
    {
        _enclosure = StartEnclosure();
        WaitUntilReady();
    }

    /// <summary>Kills dockerd, which its containerd does not outlive, and no container; the next dockerd starts at once.</summary>
    public void KillAlone()
    {
        int first = _enclosure.FirstProcess;
        foreach (string child in File.ReadAllText($"/proc/{first}/task/{first}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (File.ReadAllText($"/proc/{child}/comm").TrimEnd() is "dockerd")
            {
                _ = Syscall.kill(int.Parse(child), Signum.SIGKILL);
            }
        }
    }

    /// <summary>Runs a command line of the shell where the daemon lives.</summary>
    public CommandResult RunInside(string commandLine) => _enclosure.Run("sh", "-c", commandLine);

    /// <summary>Waits until its API answers.</summary>
    public void WaitUntilReady() => _enclosure.Until(() => File.Exists(Socket) && Run("version").ExitCode == 0, "dockerd answers");

    public void Dispose()
    {
        _enclosure.Dispose();
        ControlGroups.Remove(Name);
        _plugins.ForEach(ControlGroups.Remove);
        _scratch.Dispose();
    }

    public override string ToString() => _enclosure.ToString();

    private Enclosure StartEnclosure()
    {
        File.Delete(Socket); // of one that was killed
        string prepare = Generation == DockerGeneration.Later ? LaterDebian.Enter(LaterDebian.RootOf("docker")) : CoverMachine;
        return new Enclosure(_host, prepare + Script, _scratch.Path, $"/{Name}", _bus, _restarts ? "again" : "");
    }

    /// <summary>The image `web`: a busybox that serves $page.</summary>
    private void ImportImage()
    {
        const string Command = """CMD ["/bin/busybox", "sh", "-c", "printf %s \"$page\" > /index.html; exec /bin/busybox httpd -f -h /"]""";
        Import("web", ["--change", Command], []);
    }

    /// <summary>An image of busybox alone, with some of its commands as links.</summary>
    private void Import(string image, string[] options, string[] commands)
    {
        string root = _scratch.At($"image-{image}");
        string bin = Path.Combine(root, "bin");
        Directory.CreateDirectory(bin);
        File.Copy(Programs.Require("busybox"), Path.Combine(bin, "busybox"));
        foreach (string command in commands)
        {
            File.CreateSymbolicLink(Path.Combine(bin, command), "busybox");
        }
        TarFile.CreateFromDirectory(root, $"{root}.tar", includeBaseDirectory: false);
        Run(["import", .. options, $"{root}.tar", image]).OrThrow();
    }
}
