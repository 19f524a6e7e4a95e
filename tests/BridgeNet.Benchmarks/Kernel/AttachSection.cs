using System.Globalization;
using System.Text.Json;

using BridgeNet.Benchmarks.Page;
using BridgeNet.Probe;

namespace BridgeNet.Benchmarks.Kernel;

/// <summary>Attach and detach in process, one after the other, against the floor's: rounds in turn.</summary>
internal static class AttachSection
{
    private const int Containers = 50;
    private const int Rounds = 15;

    public static IEnumerable<Row> Measure(Yardstick yardstick)
    {
        using BenchHost host = new();
        host.WarmUp();
        List<double> attach = [], detach = [], floorAttach = [], floorDetach = [], bytes = [];
        string check = "";
        for (int round = 0; round < Rounds; round++)
        {
            JsonElement[] floor = yardstick.Floor("attach", "-n", $"{Containers}", "-p", "1");
            Sandboxes.AwaitCleanup();
            NetworkNamespace[] sandboxes = Sandboxes.Create(Containers);
            long before = GC.GetAllocatedBytesForCurrentThread();
            EndpointRequest[] requests = [.. Enumerable.Range(0, Containers).Select(number => BenchHost.Request(number))];
            long requested = GC.GetAllocatedBytesForCurrentThread() - before;
            before = GC.GetAllocatedBytesForCurrentThread();
            Series own = Series.Of(Containers, number => host.Network.Attach(sandboxes[number], requests[number]));
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            check = host.Check(Containers, Containers, sandboxes[^1]);
            Series gone = Series.Of(Containers, number => host.Driver.Detach($"e{number}"));
            _ = host.Check(0, 0, last: null);
            Sandboxes.End(sandboxes);
            attach.Add(own.Median);
            detach.Add(gone.Median);
            bytes.Add(allocated / (double)Containers);
            floorAttach.Add(floor[0].GetProperty("total").GetProperty("p50").GetDouble());
            floorDetach.Add(floor[1].GetProperty("total").GetProperty("p50").GetDouble());
        }
        const string Command = "./dev bench attach";
        yield return Row.AtMost(
            "in process: attach + 1 port, p50 / floor",
            1.3,
            Series.MedianOf(attach.Zip(floorAttach, (own, floor) => own / floor)),
            Ms(attach, floorAttach, $"; {check}"),
            Command);
        yield return Row.AtMost(
            "in process: detach, p50 / floor",
            1.15,
            Series.MedianOf(detach.Zip(floorDetach, (own, floor) => own / floor)),
            Ms(detach, floorDetach, "; nothing left after it"),
            Command);
        double kib = Series.MedianOf(bytes) / 1024;
        yield return new Row(
            "allocations: attach in process",
            "≤ 4 KiB",
            string.Create(CultureInfo.InvariantCulture, $"{kib:0.0} KiB"),
            kib <= 4,
            "GC.GetAllocatedBytesForCurrentThread over 50 attaches",
            Command);
    }

    private static string Ms(List<double> own, List<double> floor, string rest) => string.Create(
        CultureInfo.InvariantCulture,
        $"p50 {Series.MedianOf(own):0.00} ms against {Series.MedianOf(floor):0.00} ms, medians of {own.Count} rounds of {Containers}{rest}");
}
