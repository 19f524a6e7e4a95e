using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;

using BridgeNet.Runtimes.Docker;
using BridgeNet.TestKit;

namespace BridgeNet.Trials.Chaos.Docker;

/// <summary>A host with a real dockerd, two networks of the plugin, and room for one container.</summary>
internal sealed partial class DockerChaosWorld : IDisposable
{
    public const string Container = "www", Network = "web", SecondNetwork = "aside", Page = "still here";

    private const int Port = 8080;
    private const string Pass = "accept comment \"bridgenet ";

    private readonly Scratch _scratch = new();
    private readonly World _world = new();
    private readonly NetworkNamespace _host;
    private readonly BridgeDriver _driver;
    private readonly Victim _victim;
    private readonly string[] _empty;
    private readonly string[] _before;

    public DockerChaosWorld(string striker, Func<DockerChaosWorld, Victim> victim)
    {
        Striker = striker;
        _host = NetworkNamespace.Open(_world.Host.Path);
        _driver = BridgeDriver.Open(new BridgeDriverOptions { HostNamespace = _host, StateDirectory = _world.StateDirectory });
        Docker = DockerDaemon.Start(_world.Host, restarts: true);
        _victim = victim(this);
        _ = Do("network", "create", "--driver", "bridgenet", Network); // once, so that what is made once is made
        _ = Do("network", "rm", Network);
        WaitForStandby(networks: 0);
        _empty = Snapshot();
        _ = Do("network", "create", "--driver", "bridgenet", Network);
        _ = Do("network", "create", "--driver", "bridgenet", SecondNetwork);
        WaitForStandby(networks: 2);
        _before = Snapshot();
    }

    /// <summary>The daemon.</summary>
    public DockerDaemon Docker { get; }

    /// <summary>What is killed.</summary>
    public Victim Victim => _victim;

    /// <summary>The program that strikes.</summary>
    public string Striker { get; }

    /// <summary>A path for what is needed.</summary>
    public string At(string name) => _scratch.At(name);

    /// <summary>Starts the plugin, by itself or under another program, and waits until it listens.</summary>
    public BackgroundProcess StartPlugin(string socket, params string[] under)
    {
        string[] command = [.. under, Binary.Path, "--state-dir", _world.StateDirectory, "docker-plugin", "--socket", socket];
        BackgroundProcess plugin = _world.Host.Start(command[0], command[1..]);
        plugin.Until(() => Listens(socket), "the plugin listens");
        return plugin;
    }

    /// <summary>Runs a command of docker that must succeed.</summary>
    /// <returns>True: it did.</returns>
    public bool Do(params string[] arguments) => Docker.Run(arguments).OrThrow().ExitCode == 0;

    /// <summary>The container; null if there is none.</summary>
    public DockerContainer? Look()
    {
        CommandResult answer = Docker.Run("inspect", Container);
        if (answer.ExitCode != 0)
        {
            return answer.Errors.Contains("No such", StringComparison.Ordinal) ? null : throw new CommandFailedException(answer.ToString());
        }
        using JsonDocument document = JsonDocument.Parse(answer.Output);
        JsonElement container = document.RootElement[0];
        return new DockerContainer(
            container.GetProperty("State").GetProperty("Running").GetBoolean(),
            container.GetProperty("NetworkSettings").GetProperty("Networks").EnumerateObject().ToDictionary(
                network => network.Name,
                network => (network.Value.GetProperty("EndpointID").GetString()!, network.Value.GetProperty("IPAddress").GetString()!),
                StringComparer.Ordinal));
    }

    /// <summary>Waits until Docker and the plugin say the same and the container's page answers.</summary>
    /// <param name="networks">On which networks the container is to be; null if it is not to run.</param>
    public void WaitUntilFit(string[]? networks)
    {
        DockerContainer? container = Look();
        string[]? actual = container is { IsRunning: true } ? [.. container.Networks.Keys.Order(StringComparer.Ordinal)] : null;
        if (!(actual ?? []).SequenceEqual(networks ?? [], StringComparer.Ordinal))
        {
            throw new InvalidOperationException($"the container is on networks [{string.Join(' ', actual ?? [])}], {container}");
        }
        IEnumerable<string> endpoints = (actual ?? []).Select(
            name => $"docker-{container!.Networks[name].Endpoint[..12]} {container.Networks[name].Address}");
        string[] wanted = [.. endpoints.Order(StringComparer.Ordinal)];
        Eventually.Until(
            () => InUse().SequenceEqual(wanted, StringComparer.Ordinal),
            Eventually.Soon,
            () => $"endpoints {string.Join(", ", wanted)}; there are {string.Join(", ", InUse())}");
        Array.ForEach(actual is null ? [] : new[] { "192.0.2.1", "[2001:db8:1::1]" }, WaitForPage);
    }

    /// <summary>Removes the container and what was abandoned; nothing of it may be left.</summary>
    /// <returns>How many endpoints Docker had abandoned.</returns>
    public int CleanUp()
    {
        if (Look() is not null)
        {
            _ = Do("rm", "--force", Container);
        }
        int abandoned = EndAbandoned();
        Compare(_before);
        return abandoned;
    }

    /// <summary>Removes the networks, too.</summary>
    public void TakeDown()
    {
        _ = Do("network", "rm", Network, SecondNetwork);
        Compare(_empty);
    }

    public void Dispose()
    {
        _victim?.Dispose();
        Docker?.Dispose();
        _driver.Dispose();
        _host.Dispose();
        _world.Dispose();
        _scratch.Dispose();
    }

    private static bool Listens(string socket)
    {
        using Socket client = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            client.Connect(new UnixDomainSocketEndPoint(socket));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>The plugin's watch holds the networks in its standby, too, a moment after they are made.</summary>
    private void WaitForStandby(int networks)
    {
        int held = 0;
        Eventually.Until(
            () =>
            {
                string table = _world.Host.Run("nft list table inet bridgenet_standby").Output;
                held = BridgeName().Matches(table).Select(name => name.Value).Distinct(StringComparer.Ordinal).Count();
                return held == networks;
            },
            Eventually.Soon,
            () => $"{networks} networks in the standby; it has {held}");
    }

    private void WaitForPage(string host)
    {
        string said = "";
        Eventually.Until(
            () => (said = _world.Router.Curl($"http://{host}:{Port}/").ToString()).Contains(Page, StringComparison.Ordinal),
            Eventually.Soon,
            () => $"a page at {host}: {said}");
    }

    /// <summary>The endpoints but for those that wait for Docker.</summary>
    private string[] InUse()
    {
        HashSet<string> links = [.. _world.Host.Ip("link").EnumerateArray().Select(link => link.GetProperty("ifname").GetString()!)];
        IEnumerable<string> found =
            from endpoint in _driver.Endpoints
            where !links.Contains(endpoint.InterfaceName.ToString())
            select $"{endpoint.Name} {endpoint.IPv4Address?.Address}";
        return [.. found.Order(StringComparer.Ordinal)];
    }

    /// <summary>The plugin waits for a minute until it takes an interface for abandoned: another one that does not does its work here.</summary>
    private int EndAbandoned()
    {
        Eventually.Until(() => InUse().Length == 0, Eventually.Soon, () => $"the end of dead endpoints: {string.Join(", ", InUse())}");
        int count = _driver.Endpoints.Count;
        if (count > 0)
        {
            using CancellationTokenSource end = new();
            DockerPluginOptions options = new()
            {
                SocketPath = At("other.sock"),
                HostNamespace = _host,
                MostWaiting = TimeSpan.FromMilliseconds(100),
            };
            Task other = _driver.ServeDockerAsync(options, end.Token);
            try
            {
                Eventually.Until(() => _driver.Endpoints.Count == 0, "the end of abandoned endpoints");
            }
            finally
            {
                end.Cancel();
                other.GetAwaiter().GetResult();
            }
        }
        return count;
    }

    private void Compare(string[] wanted)
    {
        string[] there = [];
        Eventually.Until(
            () => (there = Snapshot()).SequenceEqual(wanted, StringComparer.Ordinal),
            Eventually.Soon,
            () => $"the host as it was:\n{HostSnapshot.Difference(wanted, there)}");
    }

    /// <summary>
    /// Links, rules and records; who listens; and where Docker lives, its processes and its containers' namespaces. A shim may stay: of 200 daemons
    /// killed 27 to 35 ms after `docker stop` began, five left one on Docker's own bridge network, too.
    /// </summary>
    private string[] Snapshot() =>
    [
        .. WithoutRepeatedPasses(HostSnapshot.Of(_world.Host, [], _world.StateDirectory)),
        .. _world.Host.RunOk("ss -Htuln | awk '{ print \"listens\", $1, $5 }' | sort").Split('\n'),
        .. Docker.RunInside(
            "cat /proc/[0-9]*/comm | grep -E 'busybox|runc|docker-proxy'; grep -o '/run/docker/netns/[^ ]*' /proc/mounts").Output.Split('\n'),
    ];

    /// <summary>
    /// A dockerd that starts takes its chain for users' rules out of the chain FORWARD for a moment. The plugin then lets its networks' packets pass
    /// there, too; those rules go with the network.
    /// </summary>
    private static IEnumerable<string> WithoutRepeatedPasses(string[] lines) =>
        lines.Where(line => !line.Contains(Pass, StringComparison.Ordinal)).Concat(
            lines.Where(line => line.Contains(Pass, StringComparison.Ordinal)).Distinct(StringComparer.Ordinal));

    [GeneratedRegex("br-[0-9a-f]{12}", RegexOptions.None, 1000)]
    private static partial Regex BridgeName();
}
