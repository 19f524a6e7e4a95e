using System.Diagnostics;
using System.Globalization;

using BridgeNet.Benchmarks.Kernel;
using BridgeNet.Benchmarks.Page;
using BridgeNet.Probe;

namespace BridgeNet.Benchmarks.Names;

/// <summary>The name server beside aardvark-dns, in turn, and one container beside another that floods it.</summary>
internal static class NamesSection
{
    private const string Command = "./dev bench dns";
    private const int Rounds = 7, UnderWay = 16;

    private static readonly TimeSpan s_time = TimeSpan.FromSeconds(0.5), s_flood = TimeSpan.FromSeconds(2);
    private static readonly byte[] s_own = Asker.Question("name500"), s_forwarded = Asker.Question("host.example.org");

    public static IEnumerable<Row> Measure(Yardstick yardstick)
    {
        using NameHost ours = new(isOurs: true), theirs = new(isOurs: false);
        yield return Compare("own names: questions/s with 16 under way / aardvark-dns", ours, theirs, 1.5, isRate: true, s_own);
        // Where the scheduler happens to put a server's thread makes a difference of three times; it is put for both alike.
        yield return ComparePlaced("own names: p50, the server on the asker's processor / aardvark-dns", ours, theirs, server: "0");
        yield return ComparePlaced("own names: p50, the server on another processor / aardvark-dns", ours, theirs, server: "1");
        yield return Compare("forwarded: questions/s with 16 under way / aardvark-dns", ours, theirs, 1, isRate: true, s_forwarded);
        yield return Compare("forwarded: p50 / aardvark-dns", ours, theirs, 1, isRate: false, s_forwarded);
        yield return Row.AtMost(
            "resident memory of the name server with 1,000 names, MiB", 20, ours.Memory,
            Text($"after the questions above; aardvark-dns has {theirs.Memory:0.0} MiB"), Command);
        yield return Flood("a flood of own names from another container: p50 of own names / without", ours, theirs, s_own, s_own);
        yield return Flood("a flood of questions for a silent server: p50 of own names / without", ours, theirs, s_own, s_forwarded);
        yield return Flood("the same: p50 of forwarded questions / without", ours, theirs, s_forwarded, s_forwarded);
    }

    private static Row Compare(string what, NameHost ours, NameHost theirs, double target, bool isRate, byte[] question)
    {
        using Asker own = ours.Open(0), other = theirs.Open(0);
        double Sample(Asker asker) => isRate ? asker.Rate(question, UnderWay, s_time) : asker.Latency(question, s_time);
        _ = Sample(own);
        _ = Sample(other);
        (double Own, double Other)[] pairs = [.. Enumerable.Range(0, Rounds).Select(_ => (Sample(own), Sample(other)))];
        double mine = Series.MedianOf(pairs.Select(pair => pair.Own)), peer = Series.MedianOf(pairs.Select(pair => pair.Other));
        string unit = isRate ? "questions/s" : "µs";
        string detail = Text($"{mine:0} against {peer:0} {unit}, medians of {Rounds} in turn");
        return isRate ? Row.AtLeast(what, target, mine / peer, detail, Command) : Row.AtMost(what, target, mine / peer, detail, Command);
    }

    private static Row ComparePlaced(string what, NameHost ours, NameHost theirs, string server)
    {
        using Process asker = Process.GetCurrentProcess();
        nint all = asker.ProcessorAffinity;
        ours.Place(server);
        theirs.Place(server);
        asker.ProcessorAffinity = 1; // the first processor, for this thread
        try
        {
            return Compare(what, ours, theirs, 1, isRate: false, s_own);
        }
        finally
        {
            asker.ProcessorAffinity = all;
            ours.Place($"0-{Environment.ProcessorCount - 1}");
            theirs.Place($"0-{Environment.ProcessorCount - 1}");
        }
    }

    private static Row Flood(string what, NameHost ours, NameHost theirs, byte[] question, byte[] flood)
    {
        (double Alone, double Beside) own = Flood(ours, question, flood), other = Flood(theirs, question, flood);
        return Row.AtMost(
            what, 2, own.Beside / own.Alone,
            Text($"{own.Beside:0} against {own.Alone:0} µs; aardvark-dns {other.Beside:0} against {other.Alone:0} µs"), Command);
    }

    private static (double Alone, double Beside) Flood(NameHost host, byte[] question, byte[] flood)
    {
        using Asker victim = host.Open(0), flooder = host.Open(1);
        double alone = victim.Latency(question, s_time);
        using CancellationTokenSource stop = new();
        Thread thread = flooder.Flood(flood, stop.Token);
        double beside = victim.Latency(question, s_flood);
        stop.Cancel();
        thread.Join();
        return (alone, beside);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
