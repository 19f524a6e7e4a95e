using System.Globalization;
using System.Text.Json;

using BridgeNet.Benchmarks.Kernel;
using BridgeNet.Benchmarks.Page;
using BridgeNet.Probe;

namespace BridgeNet.Benchmarks.Processes;

/// <summary>What a packet pays on its way to a published port: with one port, with ten thousand, and without any rules.</summary>
internal static class PathSection
{
    /// <summary>A sample of connections takes a tenth of a second, in which much else can happen: so there are many.</summary>
    private const int ConnectionRounds = 60;
    private const int StreamRounds = 15;
    private const string Command = "./dev bench path";

    public static IEnumerable<Row> Measure(Yardstick yardstick)
    {
        string conn = yardstick.Compile("conn");
        using PathWorld routed = new(0), tracked = new(0, isTracked: true), one = new(1), many = new(10_000);
        PathWorld[] worlds = [routed, tracked, one, many];
        Array.ForEach(worlds, world => world.Serve(conn, "serve", "PORT", "1"));
        Sample(worlds, ConnectionRounds, world => JsonDocument.Parse(
            world.Ask(conn, "connect", "HOST", "PORT", "2500", "1", "16", "0")).RootElement.GetProperty("rate").GetDouble());
        yield return Row.AtLeast(
            "new connections per second through a published port, 10,000 ports published / 1 port", 0.97, Ratio(many, one),
            Text($"{Median(many):0} against {Median(one):0} a second; without rules {Median(routed):0}, with tracking alone {Median(tracked):0}"),
            Command);
        Array.ForEach(worlds, world => world.Serve("iperf3", "-s", "-p", "PORT"));
        Sample(worlds, StreamRounds, world => JsonDocument.Parse(world.Ask("iperf3", "-J", "-c", "HOST", "-p", "PORT", "-t", "1")).RootElement
            .GetProperty("end").GetProperty("sum_received").GetProperty("bits_per_second").GetDouble() / 1e9);
        yield return Row.AtLeast(
            "throughput through a published port, 10,000 ports / 1 port",
            0.97,
            Ratio(many, one),
            Text($"{Median(many):0.0} against {Median(one):0.0} Gbit/s, one TCP stream"),
            Command);
        yield return Row.AtLeast(
            "throughput through a published port / plain routed veth beside it",
            0.85,
            Ratio(one, routed),
            Text($"{Median(one):0.0} against {Median(routed):0.0} Gbit/s; connection tracking alone leaves {Ratio(tracked, routed):0.00} of it"),
            Command);
    }

    /// <summary>One sample of each world in turn, round after round; the first round warms up.</summary>
    private static void Sample(PathWorld[] worlds, int rounds, Func<PathWorld, double> measure)
    {
        Array.ForEach(worlds, world => world.Samples.Clear());
        for (int round = -1; round < rounds; round++)
        {
            for (int turn = 0; turn < worlds.Length; turn++)
            {
                PathWorld world = worlds[(turn + round + 1) % worlds.Length];
                double sample = measure(world);
                if (round >= 0)
                {
                    world.Samples.Add(sample);
                }
            }
        }
    }

    private static double Ratio(PathWorld a, PathWorld b) => Series.MedianOf(a.Samples.Zip(b.Samples, (x, y) => x / y));

    private static double Median(PathWorld world) => Series.MedianOf(world.Samples);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
