using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

using BridgeNet.TestKit;

namespace BridgeNet.Benchmarks.Docker;

/// <summary>
/// A host with the later dockerd, the published binary as its plugin, a network of each of the two drivers, and a neighbour who asks.
/// </summary>
internal sealed class DockerHost : IDisposable
{
    /// <summary>A network of the plugin.</summary>
    public const string Ours = "ours";

    /// <summary>A network of Docker's own bridge driver.</summary>
    public const string BuiltIn = "builtin";

    private const int FirstPort = 9000;
    private const string Container = "web", Page = "here";

    /// <summary>Docker starts two proxies for each port.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(5);

    private readonly World _world = new();
    private readonly DockerDaemon _docker;
    private readonly HttpClient _neighbour;
    private readonly ConcurrentDictionary<int, (string Method, long Start)> _begun = [];
    private readonly ConcurrentQueue<MethodTime> _heard = [];
    private BackgroundProcess _plugin;
    private PluginProxy? _proxy;

    public DockerHost()
    {
        _docker = DockerDaemon.Start(_world.Host, DockerGeneration.Later);
        _plugin = StartPlugin(_docker.PluginSocket);
        _neighbour = HttpFrom.Client(_world.Router);
        _ = _docker.Run("network", "create", "--driver", "bridgenet", Ours).OrThrow();
        _ = _docker.Run("network", "create", BuiltIn).OrThrow();
    }

    /// <summary>Starts a web server by the docker command.</summary>
    /// <returns>The milliseconds until its page was there.</returns>
    public double Run(string network, params IEnumerable<string> options)
    {
        long start = Stopwatch.GetTimestamp();
        string[] words = ["run", "--detach", "--name", Container, "--network", network, "--env", $"page={Page}", .. options, "web"];
        _ = _docker.Run(words, s_longest).OrThrow();
        Eventually.Until(IsThere, "the page answers");
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>Removes it.</summary>
    /// <returns>The milliseconds that took.</returns>
    public double Remove()
    {
        long start = Stopwatch.GetTimestamp();
        _ = _docker.Run(["rm", "--force", Container], s_longest).OrThrow();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>Starts containers with a port each, all at once, and removes them.</summary>
    /// <returns>The milliseconds until the last command was back.</returns>
    public double RunMany(string network, int count)
    {
        long start = Stopwatch.GetTimestamp();
        string[] names = Start(network, count, atOnce: count);
        double time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Remove(names);
        return time;
    }

    /// <summary>How many MiB of memory a plugin has that has just started so many containers.</summary>
    public double MeasureMemory(int containers)
    {
        string[] names = Start(Ours, containers, atOnce: 4);
        string line = File.ReadLines($"/proc/{_plugin.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        Remove(names);
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>From now on hears what Docker calls. The plugin is started anew, at another socket.</summary>
    public void Listen()
    {
        _plugin.Dispose();
        File.Delete(_docker.PluginSocket);
        string socket = _docker.At("behind.sock");
        _plugin = StartPlugin(socket);
        _proxy = new PluginProxy(_docker.PluginSocket, socket, Hear);
    }

    /// <summary>What it has heard since the last time.</summary>
    public IReadOnlyList<MethodTime> Heard()
    {
        List<MethodTime> heard = [];
        while (_heard.TryDequeue(out MethodTime? call))
        {
            heard.Add(call);
        }
        return heard;
    }

    public void Dispose()
    {
        _neighbour.Dispose();
        _proxy?.Dispose();
        _docker.Dispose();
        _plugin.Dispose();
        _world.Dispose();
    }

    private BackgroundProcess StartPlugin(string socket)
    {
        BackgroundProcess plugin = _world.Host.Start(
            Binary.Path, "--state-dir", _world.StateDirectory, "docker-plugin", "--socket", socket);
        plugin.Until(() => File.Exists(socket), "the plugin listens");
        return plugin;
    }

    private bool IsThere()
    {
        try
        {
            return _neighbour.GetStringAsync(new Uri($"http://{World.HostAddress}:8080/")).GetAwaiter().GetResult() is Page;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private string[] Start(string network, int count, int atOnce)
    {
        string[] names = [.. Enumerable.Range(0, count).Select(number => $"{Container}{number}")];
        ConcurrentQueue<int> waiting = new(Enumerable.Range(0, count));
        ConcurrentQueue<Exception> failures = [];
        Thread[] threads = [.. Enumerable.Range(0, atOnce).Select(worker => new Thread(() =>
        {
            while (waiting.TryDequeue(out int number))
            {
                try
                {
                    string[] words = ["--name", names[number], "--network", network, "--publish", $"{FirstPort + number}:80"];
                    _ = _docker.Run(["run", "--detach", .. words, "web"]).OrThrow();
                }
                catch (CommandFailedException error)
                {
                    failures.Enqueue(error);
                }
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return failures.IsEmpty ? names : throw new AggregateException(failures);
    }

    private void Remove(string[] names) => _ = _docker.Run(["rm", "--force", .. names], s_longest).OrThrow();

    /// <summary>The proxy's moments of one connection come from one thread.</summary>
    private bool Hear(string moment)
    {
        int thread = Environment.CurrentManagedThreadId;
        if (moment.StartsWith("in ", StringComparison.Ordinal))
        {
            _begun[thread] = (moment["in ".Length..], Stopwatch.GetTimestamp());
        }
        else if (moment.StartsWith("before the answer", StringComparison.Ordinal) && _begun.TryGetValue(thread, out (string Method, long Start) call))
        {
            string method = call.Method[(call.Method.IndexOf('.', StringComparison.Ordinal) + 1)..];
            _heard.Enqueue(new MethodTime(method, Stopwatch.GetElapsedTime(call.Start).TotalMilliseconds));
        }
        return true;
    }
}
