using System.Globalization;

using BridgeNet.Benchmarks.Kernel;
using BridgeNet.Benchmarks.Page;
using BridgeNet.Probe;
using BridgeNet.TestKit;

namespace BridgeNet.Benchmarks.Docker;

/// <summary>The later Docker's own command on a network of the plugin, and on one of the built-in driver, in turn.</summary>
internal static class DockerSection
{
    private const string Command = "./dev bench docker", PluginCommand = "./dev bench docker-plugin";
    private const string Port = "8080:80", Range = "20000-20999:20000-20999";
    private const int Runs = 20, RangeRuns = 2, Parallel = 50, ParallelRuns = 3, Many = 200;

    /// <summary>What users wait for.</summary>
    public static IEnumerable<Row> Measure(Yardstick yardstick)
    {
        if (!IsThere())
        {
            yield break;
        }
        using DockerHost host = new();
        WarmUp(host);
        yield return Compare("`docker run -p 8080:80` until its page answers / on the built-in bridge", 1, Runs, network =>
        {
            double time = host.Run(network, "--publish", Port);
            _ = host.Remove();
            return time;
        });
        List<(double Ours, double BuiltIn)> removals = [];
        yield return Compare("the same with 1,000 ports as a range", 0.1, RangeRuns, network =>
        {
            double time = host.Run(network, "--publish", Port, "--publish", Range);
            double removal = host.Remove();
            removals.Add(network is DockerHost.Ours ? (removal, 0) : (removals[^1].Ours, removal));
            return time;
        });
        yield return Compare("`docker rm -f` of that", 0.1, [.. removals.Where(pair => pair.BuiltIn > 0)]);
        yield return Compare("50 `docker run` in parallel", 1, ParallelRuns, network => host.RunMany(network, Parallel));
    }

    /// <summary>What the plugin takes of it, and its memory.</summary>
    public static IEnumerable<Row> MeasurePlugin(Yardstick yardstick)
    {
        if (!IsThere())
        {
            yield break;
        }
        using DockerHost host = new();
        yield return MeasureMemory(host);
        yield return MeasureShare(host);
    }

    private static bool IsThere()
    {
        string root = LaterDebian.RootOf("docker");
        if (Directory.Exists(root))
        {
            return true;
        }
        Console.WriteLine($"skipped: there is no later Docker at {root} (./dev setup makes it)");
        return false;
    }

    private static void WarmUp(DockerHost host)
    {
        foreach (string network in (string[])[DockerHost.Ours, DockerHost.BuiltIn])
        {
            _ = host.Run(network, "--publish", Port);
            _ = host.Remove();
        }
    }

    private static Row Compare(string what, double target, int rounds, Func<string, double> measure) =>
        Compare(what, target, [.. Enumerable.Range(0, rounds).Select(_ => (measure(DockerHost.Ours), measure(DockerHost.BuiltIn)))]);

    private static Row Compare(string what, double target, (double Ours, double BuiltIn)[] pairs) => Row.AtMost(
        what, target, Series.MedianOf(pairs.Select(pair => pair.Ours / pair.BuiltIn)),
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Series.MedianOf(pairs.Select(pair => pair.Ours)):0} ms against {Series.MedianOf(pairs.Select(pair => pair.BuiltIn)):0} ms, "
                + $"medians of {pairs.Length} pairs"),
        Command);

    private static Row MeasureMemory(DockerHost host)
    {
        double mib = host.MeasureMemory(Many);
        return Row.AtMost($"resident memory of the plugin with {Many} containers, MiB", 40, mib, "VmRSS of /proc/PID/status", PluginCommand);
    }

    private static Row MeasureShare(DockerHost host)
    {
        host.Listen();
        List<IReadOnlyList<MethodTime>> runs = [], removals = [];
        for (int run = 0; run < Runs; run++)
        {
            _ = host.Run(DockerHost.Ours, "--publish", Port);
            runs.Add(host.Heard());
            _ = host.Remove();
            removals.Add(host.Heard());
        }
        string parts = string.Join(
            ", ",
            runs.SelectMany(run => run).GroupBy(call => call.Method, call => call.Milliseconds, StringComparer.Ordinal)
                .Select(method => string.Create(CultureInfo.InvariantCulture, $"{method.Key} {Series.MedianOf(method):0.0}")));
        return Row.AtMost(
            "the plugin's share of one `docker run`, ms", 8, Series.MedianOf(runs.Select(Sum)),
            string.Create(
                CultureInfo.InvariantCulture,
                $"from a request's last byte to its answer's, through a proxy; {parts}; "
                    + $"of `docker rm -f` {Series.MedianOf(removals.Select(Sum)):0.0} ms"),
            PluginCommand);
    }

    private static double Sum(IReadOnlyList<MethodTime> calls) => calls.Sum(call => call.Milliseconds);
}
