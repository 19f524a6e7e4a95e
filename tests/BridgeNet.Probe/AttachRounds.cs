using System.Diagnostics;

namespace BridgeNet.Probe;

/// <summary>Rounds of attaches with one published port each, one after the other.</summary>
internal sealed class AttachRounds(BenchHost host) : IRounds
{
    private const int Containers = 50;

    /// <summary>Attaches and detaches the containers once.</summary>
    /// <returns>The median of an attach in milliseconds, and the mean of what it allocates in bytes.</returns>
    public double[] Measure()
    {
        NetworkNamespace[] sandboxes = Sandboxes.Create(Containers);
        EndpointRequest[] requests = [.. Enumerable.Range(0, Containers).Select(number => BenchHost.Request(number))];
        double[] times = new double[Containers];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int number = 0; number < Containers; number++)
        {
            long start = Stopwatch.GetTimestamp();
            _ = host.Network.Attach(sandboxes[number], requests[number]);
            times[number] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        _ = host.Check(Containers, Containers, sandboxes[^1]);
        _ = host.Driver.DetachMany([.. requests.Select(request => request.Name!)]);
        _ = host.Check(0, 0, last: null);
        Sandboxes.End(sandboxes);
        return [Series.MedianOf(times), allocated / (double)Containers];
    }
}
