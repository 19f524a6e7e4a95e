using System.Globalization;
using System.Text.Json;

using BridgeNet.Benchmarks.Kernel;
using BridgeNet.Benchmarks.Page;

namespace BridgeNet.Benchmarks.Processes;

/// <summary>Whole processes, ours among other people's, container by container in turn.</summary>
internal static class PeersSection
{
    private const string Command = "./dev bench peers";

    public static IEnumerable<Row> Measure(Yardstick yardstick)
    {
        string ours = $"{Binary.Path} --state-dir /run/bench-state";
        JsonElement result = yardstick.Script(
            "peers.py",
            "attach", "--n", "30", "--ports", "1", "--peers", "true,floor,cni,netavark,docker-api",
            "--extra", $"bridgenet={ours} attach {{netns}} --name {{id}} --ip {{ip}} {{publish}} --network bench",
            "--extra-detach", $"bridgenet={ours} detach {{id}}",
            "--extra-setup", $"bridgenet={ours} network create bench --subnet 10.88.0.0/16",
            "--extra-cni", $"bridgenet-cni={Binary.Path}");
        string checks = result.GetProperty("faults").GetArrayLength() == 0
            ? "the first and the last container answered from outside while attached and not after"
            : throw new InvalidOperationException($"not done as asked: {result.GetProperty("faults")}");
        yield return Compare(result, "`bridgenet attach` as a process / netavark setup", "bridgenet", "netavark", 1 / 6.0, checks);
        yield return Compare(
            result, "CNI ADD all-in-one as a process / reference bridge + portmap + firewall", "bridgenet-cni", "cni", 1 / 15.0, checks);
        yield return Compare(result, "`bridgenet attach` as a process / dockerd's API doing the same", "bridgenet", "docker-api", 1 / 4.0, checks);
        yield return Compare(result, "`bridgenet attach` as a process / floor as a process", "bridgenet", "floor", 4, checks);
        yield return Detach(result);
    }

    /// <summary>The script rounds the median of pairs to hundredths, of which a small ratio has too few: there it is that of the medians.</summary>
    private static Row Compare(JsonElement result, string what, string own, string other, double target, string checks)
    {
        JsonElement mine = result.GetProperty("peers").GetProperty(own).GetProperty("attach");
        double ours = mine.GetProperty("p50").GetDouble();
        double theirs = result.GetProperty("peers").GetProperty(other).GetProperty("attach").GetProperty("p50").GetDouble();
        double pairs = mine.GetProperty("ratio_to").GetProperty(other).GetDouble();
        bool isSmall = pairs < 0.1;
        return Row.AtMost(
            what, target, isSmall ? ours / theirs : pairs,
            string.Create(
                CultureInfo.InvariantCulture,
                $"p50 {ours:0.0} ms against {theirs:0.0} ms, {(isSmall ? "ratio of the medians" : "median of pairs")}; {checks}"),
            Command);
    }

    private static Row Detach(JsonElement result)
    {
        JsonElement mine = result.GetProperty("peers").GetProperty("bridgenet").GetProperty("detach").GetProperty("ratio_to");
        string[] others = ["floor", "cni", "netavark", "docker-api"];
        return new Row(
            "`bridgenet detach` as a process / floor", Row.NoTarget,
            mine.GetProperty("floor").GetDouble().ToString("0.##", CultureInfo.InvariantCulture), IsMet: true,
            string.Join(
                ", ", others.Select(other => string.Create(CultureInfo.InvariantCulture, $"/ {other} {mine.GetProperty(other).GetDouble():0.##}"))),
            Command);
    }
}
