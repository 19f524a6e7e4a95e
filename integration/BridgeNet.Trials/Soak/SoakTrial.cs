using System.Diagnostics;
using System.Globalization;

using BridgeNet.TestKit;
using BridgeNet.Trials.Stress;

namespace BridgeNet.Trials.Soak;

/// <summary><c>soak [CYCLES [LIVE]]</c>: four workers attach and detach over and over beside endpoints that live; nothing may grow.</summary>
internal static class SoakTrial
{
    private const int Workers = 4;

    /// <summary>The kernel's own memory of whom it heard of, which it clears in its own time: gc_thresh3 of two families.</summary>
    private const string Neighbours = "neighbours";
    private const int KernelsNeighbours = 2 * 1024;

    private static readonly string[] s_ofProcess = ["managed heap KiB", "resident KiB", "open files", "threads"];

    /// <summary>By which the managed heap and the resident memory may differ between two looks: what a collector leaves for the next time.</summary>
    private const double MemoryTolerance = 1.25;

    /// <param name="cycles">How often in all.</param>
    /// <param name="live">How many endpoints stay attached meanwhile.</param>
    /// <param name="output">Gets the figures.</param>
    /// <param name="judgesProcess">Whether this process's memory, files and threads count too.</param>
    /// <returns>Whether nothing grew.</returns>
    public static bool Run(int cycles, int live, TextWriter output, bool judgesProcess = true)
    {
        using StressWorld world = new(Workers);
        using BridgeDriver driver = world.OpenDriver();
        Network network = driver.GetNetwork(NetworkDefinition.Docker0.Name);
        output.WriteLine($"{cycles} cycles of attach and detach by {Workers} workers, {live} endpoints live beside them");
        NetworkNamespace[] places = [.. Enumerable.Range(0, live).Select(_ => NetworkNamespace.Create())];
        for (int number = 0; number < live; number++)
        {
            _ = network.Attach(places[number], new EndpointRequest { Keep = true, Publish = [PortSpec.Parse($"{30_000 + number}:80")] });
        }
        Cycle(world, network, cycles / 10); // everything that is made once is made
        Dictionary<string, long> before = Look(world);
        long start = Stopwatch.GetTimestamp();
        Cycle(world, network, cycles);
        TimeSpan took = Stopwatch.GetElapsedTime(start);
        Dictionary<string, long> after = Look(world);
        bool grew = false;
        foreach ((string what, long count) in before)
        {
            double most = what.EndsWith("KiB", StringComparison.Ordinal)
                ? count * MemoryTolerance
                : what is Neighbours
                ? Math.Max(count, KernelsNeighbours)
                : count;
            bool more = after[what] > most && (judgesProcess || !s_ofProcess.Contains(what, StringComparer.Ordinal));
            grew |= more;
            output.WriteLine($"{what,-28} {count,10} {after[what],10}{(more ? "  GREW" : "")}");
        }
        output.WriteLine($"{cycles} cycles in {took.TotalSeconds:F1} s");
        foreach (Endpoint endpoint in driver.Endpoints)
        {
            _ = driver.Detach(endpoint.Id);
        }
        Array.ForEach(places, place => place.Dispose());
        return !grew;
    }

    private static void Cycle(StressWorld world, Network network, int cycles)
    {
        Thread[] threads = [.. Enumerable.Range(0, Workers).Select(number => new Thread(() =>
        {
            using NetworkNamespace place = NetworkNamespace.Open(world.Containers[number].Path);
            EndpointRequest request = new() { Publish = [PortSpec.Parse($"{20_000 + number}:80"), PortSpec.Parse($"{20_000 + number}:80/udp")] };
            for (int cycle = 0; cycle < cycles / Workers; cycle++)
            {
                network.Attach(place, request).Dispose();
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
    }

    private static Dictionary<string, long> Look(StressWorld world)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        // what it holds ready for later is given back, and is no growth
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        string status = File.ReadAllText("/proc/self/status");
        return new(StringComparer.Ordinal)
        {
            ["managed heap KiB"] = GC.GetTotalMemory(forceFullCollection: true) / 1024,
            ["resident KiB"] = long.Parse(status.Split("VmRSS:")[1].Trim().Split(' ')[0], CultureInfo.InvariantCulture),
            ["open files"] = Directory.EnumerateFileSystemEntries("/proc/self/fd").Count(),
            ["threads"] = Process.GetCurrentProcess().Threads.Count,
            ["links"] = Count(world.Host, "ip -br link | wc -l"),
            ["elements and rules"] = Count(world.Host, "nft list ruleset | tr ',' '\\n' | wc -l"),
            ["conntrack entries"] = Count(world.Host, "conntrack -L 2>/dev/null | wc -l"),
            [Neighbours] = Count(world.Host, "ip neigh | wc -l"),
            ["records, names, locks"] = new[] { "endpoints", "names", "locks", "owners", "networks" }.Sum(
                directory => Directory.EnumerateFileSystemEntries(Path.Combine(world.State, directory)).Count()),
            ["address claims"] = Directory.EnumerateFileSystemEntries(Path.Combine(world.State, "addresses/bridge")).Count(),
        };
    }

    private static long Count(Netns host, string command) => long.Parse(host.RunOk(command).Trim(), CultureInfo.InvariantCulture);
}
