using System.Globalization;
using System.Text.Json;

using BridgeNet.Benchmarks.Kernel;
using BridgeNet.Probe;
using BridgeNet.TestKit;

namespace BridgeNet.Benchmarks.Against;

/// <summary>Two builds, measured in turn in one run: in each second round the other one goes first.</summary>
internal sealed class BuildPair(Build own, Build other)
{
    private const int AttachRounds = 15, RepairRounds = 15, Containers = 200;

    /// <summary>This build.</summary>
    public Build Own => own;

    /// <summary>The build that it is compared with.</summary>
    public Build Other => other;

    /// <summary>What an attach in process takes and allocates.</summary>
    public IEnumerable<Comparison> CompareAttach(Yardstick yardstick)
    {
        List<double> floor = [];
        (double[][] mine, double[][] theirs) = Alternate("attach", AttachRounds, () =>
        {
            floor.Add(yardstick.Floor("attach", "-n", "50", "-p", "1")[0].GetProperty("total").GetProperty("p50").GetDouble());
            Sandboxes.AwaitCleanup();
        });
        (double Own, double Other) kib = (MedianOf(mine, 1) / 1024, MedianOf(theirs, 1) / 1024);
        yield return new Comparison(
            "allocations of an attach in process", "≤ 8 KiB", kib.Own <= 8,
            Text(kib.Own, "0.0 KiB"), Text(kib.Other, "0.0 KiB"), kib.Own / kib.Other, "attach");
        (double Own, double Other) ratio = (OverFloor(mine), OverFloor(theirs));
        yield return new Comparison(
            "in process: attach + 1 port, p50 / floor", "≤ 1.3", ratio.Own <= 1.3,
            Text(ratio.Own, "0.00"), Text(ratio.Other, "0.00"), RatioOf(mine, theirs, 0), "attach");

        double OverFloor(double[][] rounds) => Series.MedianOf(rounds.Zip(floor, (round, lowest) => round[0] / lowest));
    }

    /// <summary>What a repair of 1,000 endpoints and 10,000 ports takes.</summary>
    public IEnumerable<Comparison> CompareRepair(Yardstick yardstick)
    {
        (double[][] mine, double[][] theirs) = Alternate("repair", RepairRounds);
        yield return Compare("a repair that finds nothing to do, 1,000 endpoints and 10,000 ports", 0.4, 1);
        yield return Compare("repair after `nft flush ruleset` of the same", 0.5, 0);

        Comparison Compare(string what, double target, int column)
        {
            double ratio = RatioOf(mine, theirs, column);
            return new Comparison(
                what, $"ratio ≤ {Text(target, "0.0")}", ratio <= target,
                Text(MedianOf(mine, column), "0.0 ms"), Text(MedianOf(theirs, column), "0.0 ms"), ratio, "repair");
        }
    }

    /// <summary>
    /// What `bridgenet attach` takes as a process, container by container in turn. Both binaries are copied first: how the page cache holds a file
    /// depends on how it was written, and made a tenth of difference between two files of the same code.
    /// </summary>
    public IEnumerable<Comparison> CompareProcesses(Yardstick yardstick)
    {
        using Scratch scratch = new();
        string[] both = [.. Peer("this", own, scratch), .. Peer("other", other, scratch)];
        JsonElement peers = yardstick
            .Script("peers.py", ["attach", "--n", $"{Containers}", "--ports", "1", "--peers", "", .. both])
            .GetProperty("peers");
        JsonElement mine = peers.GetProperty("this").GetProperty("attach"), theirs = peers.GetProperty("other").GetProperty("attach");
        double ratio = mine.GetProperty("ratio_to").GetProperty("other").GetDouble();
        yield return new Comparison(
            "`bridgenet attach` as a process", "ratio ≤ 1", ratio <= 1, Text(P50(mine), "0.00 ms"), Text(P50(theirs), "0.00 ms"), ratio, "process");

        static double P50(JsonElement times) => times.GetProperty("p50").GetDouble();
    }

    /// <summary>How many source lines there are.</summary>
    public IEnumerable<Comparison> CompareLines(Yardstick yardstick)
    {
        int mine = own.CountLines(), theirs = other.CountLines();
        yield return new Comparison(
            "source lines of src/BridgeNet, src/BridgeNet.Core and src/BridgeNet.Runtimes", "fewer", mine < theirs,
            Text(mine, "#,0"), Text(theirs, "#,0"), mine / (double)theirs, "lines");
    }

    /// <summary>How the yardstick's script runs a binary, as a peer with a host namespace of its own.</summary>
    private static string[] Peer(string name, Build build, Scratch scratch)
    {
        string copy = scratch.At(name);
        File.Copy(build.Binary, copy);
        string program = $"{name}={copy} --state-dir /run/bench-state-{name}";
        return
        [
            "--extra", $"{program} attach {{netns}} --name {{id}} --ip {{ip}} {{publish}} --network bench",
            "--extra-detach", $"{program} detach {{id}}",
            "--extra-setup", $"{program} network create bench --subnet 10.88.0.0/16",
        ];
    }

    /// <summary>Measures rounds of both builds in turn.</summary>
    private (double[][] Own, double[][] Other) Alternate(string mode, int rounds, Action? beforeEach = null)
    {
        using ProbeProcess first = new(own, mode), second = new(other, mode);
        _ = (first.Measure(), second.Measure()); // both are warm before anything counts
        double[][] mine = new double[rounds][], theirs = new double[rounds][];
        for (int round = 0; round < rounds; round++)
        {
            beforeEach?.Invoke();
            if (round % 2 == 0)
            {
                (mine[round], theirs[round]) = (first.Measure(), second.Measure());
            }
            else
            {
                (theirs[round], mine[round]) = (second.Measure(), first.Measure());
            }
        }
        return (mine, theirs);
    }

    private static double MedianOf(double[][] rounds, int column) => Series.MedianOf(rounds.Select(round => round[column]));

    private static double RatioOf(double[][] mine, double[][] theirs, int column) =>
        Series.MedianOf(mine.Zip(theirs, (one, two) => one[column] / two[column]));

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
