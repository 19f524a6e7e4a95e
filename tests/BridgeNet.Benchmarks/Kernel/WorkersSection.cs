using System.Globalization;

using BridgeNet.Benchmarks.Page;
using BridgeNet.Probe;

namespace BridgeNet.Benchmarks.Kernel;

/// <summary>Whether two who attach at once attach more, and whether two floors do.</summary>
internal static class WorkersSection
{
    private const int Containers = 400;
    private const int Rounds = 3;

    public static IEnumerable<Row> Measure(Yardstick yardstick)
    {
        using BenchHost host = new();
        host.WarmUp();
        List<double> own = [], floor = [];
        for (int round = 0; round < Rounds; round++)
        {
            own.Add(Run(host, workers: 1) / Run(host, workers: 2));
            double one = FloorMs(yardstick, 1, Containers), two = FloorMs(yardstick, 2, Containers / 2);
            floor.Add(one / two);
        }
        double ratio = Series.MedianOf(own), kernels = Series.MedianOf(floor);
        yield return new Row(
            "attach throughput with 2 workers / 1 worker",
            "≥ 1.5, or the lock named that forbids it",
            ratio.ToString("0.##", CultureInfo.InvariantCulture),
            ratio >= 1.5 || (kernels < 1.5 && ratio >= 0.85 * kernels), // runs differ by a tenth
            string.Create(
                CultureInfo.InvariantCulture,
                $"rtnl_mutex, the one lock of all links of all namespaces, for which every message waits: "
                    + $"two floor.c at once, each in a host namespace of its own, do {kernels:0.00} times what one does"),
            "./dev bench workers");
    }

    private static double Run(BenchHost host, int workers)
    {
        NetworkNamespace[] sandboxes = Sandboxes.Create(Containers);
        EndpointRequest[] requests = [.. Enumerable.Range(0, Containers).Select(number => BenchHost.Request(number))];
        int next = -1;
        double time = Series.Time(() =>
        {
            Thread[] threads = [.. Enumerable.Range(0, workers).Select(_ => new Thread(() =>
            {
                for (int number; (number = Interlocked.Increment(ref next)) < Containers;)
                {
                    host.Network.Attach(sandboxes[number], requests[number]).Keep();
                }
            }))];
            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => thread.Join());
        });
        _ = host.Check(Containers, Containers, sandboxes[^1]);
        _ = host.Driver.DetachMany([.. requests.Select(request => request.Name!)]);
        Sandboxes.End(sandboxes);
        return time;
    }

    /// <summary>How long floors take that attach so many each, at once: the longest of them.</summary>
    private static double FloorMs(Yardstick yardstick, int processes, int containers)
    {
        double[] times = new double[processes];
        Thread[] threads = [.. Enumerable.Range(0, processes).Select(process => new Thread(() =>
            times[process] = yardstick.Floor("attach", "-n", $"{containers}", "-p", "1", "--group")[0].GetProperty("all_ms").GetDouble()))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Sandboxes.AwaitCleanup();
        return times.Max();
    }
}
