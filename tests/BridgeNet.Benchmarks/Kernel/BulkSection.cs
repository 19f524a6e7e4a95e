using System.Globalization;
using System.Text.Json;

using BridgeNet.Benchmarks.Page;
using BridgeNet.Probe;

namespace BridgeNet.Benchmarks.Kernel;

/// <summary>What is done to many at once: endpoints detached together, ranges of ports, a flushed ruleset.</summary>
internal static class BulkSection
{
    private const int Rounds = 5;
    private const int Together = 200;
    private const int Range = 10_000;

    /// <summary>DetachMany against a deletion by group.</summary>
    public static IEnumerable<Row> MeasureDetach(Yardstick yardstick)
    {
        using BenchHost host = new();
        host.WarmUp();
        List<double> own = [], floor = [];
        for (int round = 0; round < Rounds; round++)
        {
            floor.Add(yardstick.Floor("attach", "-n", $"{Together}", "-p", "1", "--group")[1].GetProperty("all_ms").GetDouble());
            Sandboxes.AwaitCleanup();
            NetworkNamespace[] sandboxes = Sandboxes.Create(Together);
            _ = host.Network.AttachMany([.. sandboxes.Select((sandbox, number) => (sandbox, BenchHost.Request(number)))]);
            _ = host.Check(Together, Together, sandboxes[^1]);
            string[] names = [.. Enumerable.Range(0, Together).Select(number => $"e{number}")];
            own.Add(Series.Time(() => host.Driver.DetachMany(names)));
            _ = host.Check(0, 0, last: null);
            Sandboxes.End(sandboxes);
        }
        yield return Row.AtMost(
            $"DetachMany({Together}) / the floor's group delete",
            1.5,
            Ratio(own, floor),
            Ms(own, floor, "; nothing left after it"),
            "./dev bench detach-many");
    }

    /// <summary>A range of ports published and taken back.</summary>
    public static IEnumerable<Row> MeasurePorts(Yardstick yardstick)
    {
        using BenchHost host = new();
        host.WarmUp();
        NetworkNamespace[] sandboxes = Sandboxes.Create(1);
        _ = host.Attach(sandboxes[0], 0, ports: 0);
        PortSpec spec = PortSpec.Parse($"0.0.0.0:20000-{19_999 + Range}:20000-{19_999 + Range}");
        List<double> own = [], floor = [];
        for (int round = -1; round < Rounds; round++)
        {
            double batch = yardstick.Floor("ports", "-n", "1", "-p", $"{Range}", "-r", "5")[0].GetProperty("publish").GetProperty("p50").GetDouble();
            double time = Series.Time(() => host.Driver.Publish("e0", spec));
            _ = host.Check(1, Range, sandboxes[0]);
            _ = host.Driver.Unpublish("e0", PortSpec.Parse($"20000-{19_999 + Range}"));
            if (round >= 0)
            {
                own.Add(time);
                floor.Add(batch);
            }
        }
        PortSpec most = PortSpec.Parse("0.0.0.0:2000-61999:2000-61999");
        double sixty = Series.Time(() => host.Driver.Publish("e0", most));
        string check = host.Check(1, 60_000, sandboxes[0]);
        _ = host.Driver.Detach("e0");
        Sandboxes.End(sandboxes);
        yield return Row.AtMost(
            "publish a 10,000-port range / the floor's batch; and 60,000 ports work", 2, Ratio(own, floor),
            Ms(own, floor, string.Create(CultureInfo.InvariantCulture, $"; 60,000 ports in {sixty:0} ms: {check}")), "./dev bench ports");
    }

    /// <summary>A repair after the ruleset was flushed.</summary>
    public static IEnumerable<Row> MeasureRepair(Yardstick yardstick)
    {
        const int Endpoints = 1000, Each = 10;
        using BenchHost host = new();
        host.WarmUp();
        NetworkNamespace[] sandboxes = Sandboxes.Create(Endpoints);
        _ = host.Network.AttachMany([.. sandboxes.Select((sandbox, number) => (sandbox, BenchHost.Request(number, Each)))]);
        string check = host.Check(Endpoints, Endpoints * Each, sandboxes[^1]);
        for (int warming = 0; warming < 8; warming++) // until the compiler has done with what a repair goes through once
        {
            BenchHost.Flush();
            _ = host.Driver.Repair();
            _ = host.Driver.Repair();
        }
        List<double> own = [], floor = [], clean = [];
        for (int round = -1; round < 5; round++)
        {
            JsonElement result = yardstick.Floor("reconcile", "-n", "1", "-p", $"{Endpoints * Each}", "-r", "3")[0];
            double replace = result.GetProperty("replace").GetProperty("p50").GetDouble();
            BenchHost.Flush();
            double time = Series.Time(() => host.Driver.Repair());
            _ = host.Check(Endpoints, Endpoints * Each, sandboxes[^1]);
            double nothing = Series.Time(() => host.Driver.Repair());
            if (round >= 0)
            {
                own.Add(time);
                clean.Add(nothing);
                floor.Add(replace);
            }
        }
        _ = host.Driver.DetachMany([.. Enumerable.Range(0, Endpoints).Select(number => $"e{number}")]);
        Sandboxes.End(sandboxes);
        yield return Row.AtMost(
            "repair after `nft flush ruleset`, 1,000 endpoints and 10,000 ports / the floor's re-creation", 2, Ratio(own, floor),
            Ms(own, floor, string.Create(
                CultureInfo.InvariantCulture, $"; a repair that finds nothing to do takes {Series.MedianOf(clean):0} ms; {check}")),
            "./dev bench repair");
    }

    private static double Ratio(List<double> own, List<double> floor) => Series.MedianOf(own.Zip(floor, (a, b) => a / b));

    private static string Ms(List<double> own, List<double> floor, string rest) => string.Create(
        CultureInfo.InvariantCulture, $"{Series.MedianOf(own):0.0} ms against {Series.MedianOf(floor):0.0} ms, medians of {own.Count} rounds{rest}");
}
