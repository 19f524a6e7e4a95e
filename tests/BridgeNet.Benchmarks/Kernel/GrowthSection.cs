using System.Globalization;
using System.Text.Json;

using BridgeNet.Benchmarks.Page;
using BridgeNet.Probe;

namespace BridgeNet.Benchmarks.Kernel;

/// <summary>A thousand containers on one bridge.</summary>
internal static class GrowthSection
{
    private const int Containers = 1000;
    private const int Rounds = 3;

    public static IEnumerable<Row> Measure(Yardstick yardstick)
    {
        using BenchHost host = new();
        host.WarmUp();
        List<Series> own = [];
        List<JsonElement> floor = [];
        string check = "";
        for (int round = 0; round < Rounds; round++)
        {
            floor.Add(yardstick.Floor("attach", "-n", $"{Containers}", "-p", "1", "--group")[0].GetProperty("total"));
            Sandboxes.AwaitCleanup();
            NetworkNamespace[] sandboxes = Sandboxes.Create(Containers);
            EndpointRequest[] requests = [.. Enumerable.Range(0, Containers).Select(number => BenchHost.Request(number))];
            own.Add(Series.Of(Containers, number => host.Network.Attach(sandboxes[number], requests[number])));
            check = host.Check(Containers, Containers, sandboxes[^1]);
            _ = host.Driver.DetachMany([.. requests.Select(request => request.Name!)]);
            Sandboxes.End(sandboxes);
        }
        GrowthPicture.Write(("bridgenet, in process", "#0b62d6", own[^1].Times));
        const string Command = "./dev bench growth";
        yield return Row.AtMost(
            "1,000 attaches on one bridge: mean / the naive floor's",
            0.5,
            Series.MedianOf(own.Zip(floor, (a, b) => a.Mean / b.GetProperty("mean").GetDouble())),
            string.Create(
                CultureInfo.InvariantCulture,
                $"mean {Series.MedianOf(own.Select(one => one.Mean)):0.00} ms against "
                    + $"{Series.MedianOf(floor.Select(one => one.GetProperty("mean").GetDouble())):0.00} ms; {check}"),
            Command);
        double naive = Series.MedianOf(floor.Select(one => one.GetProperty("last10").GetDouble() / one.GetProperty("first10").GetDouble()));
        yield return Row.AtMost(
            "the same: last ten / first ten", 2, Series.MedianOf(own.Select(one => one.LastTen / one.FirstTen)),
            string.Create(CultureInfo.InvariantCulture, $"the naive floor: {naive:0.0}"),
            Command);
    }
}
