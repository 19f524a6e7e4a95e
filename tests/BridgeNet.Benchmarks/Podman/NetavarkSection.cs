using System.Globalization;

using BridgeNet.Benchmarks.Kernel;
using BridgeNet.Benchmarks.Page;
using BridgeNet.Probe;
using BridgeNet.TestKit;

namespace BridgeNet.Benchmarks.Podman;

/// <summary>The binary in netavark's place beside netavark itself, in turn: the calls that Podman makes, each a process.</summary>
internal static class NetavarkSection
{
    private const string Command = "./dev bench netavark";
    private const int Rounds = 5, NamedRounds = 21; // a difference of a few hundredths is less than what the clock counts

    /// <summary>
    /// Sets containers up, each with a published port, and takes them down. It prints how many hundredths of a second each half took: what the
    /// kernel's /proc/uptime counts. $1 netavark, $2 containers, $3 whether there is a name server, $4 the name server.
    /// </summary>
    private const string Script =
        """
        now() { cut -d' ' -f1 /proc/uptime | tr -d .; }
        for i in $(seq 1 $2); do
          sed "s/ID/$(printf %064d $i)/; s/NAME/c$i/; s/ADDRESS/10.77.0.$((i + 1))/; s/PORT/$((8000 + i))/" /tmp/request-$3 > /tmp/$i
        done
        call() { $2 --config /run/nv --aardvark-binary=$3 $1 /run/netns/c$4 < /tmp/$4 > /dev/null; }
        start=$(now)
        for i in $(seq 1 $2); do call setup $1 $4 $i || exit 1; done
        middle=$(now)
        for i in $(seq 1 $2); do call teardown $1 $4 $i || exit 1; done
        echo $((middle - start)) $(($(now) - middle))
        """;

    /// <summary>What Podman waits for.</summary>
    public static IEnumerable<Row> Measure(Yardstick yardstick)
    {
        if (!Directory.Exists(LaterDebian.RootOf("podman")))
        {
            Console.WriteLine("skipped: there is no later Podman (./dev setup makes it)");
            yield break;
        }
        using World world = new();
        using LaterPodman podman = LaterPodman.Start(world.Host, Binary.Path);
        Prepare(podman);
        foreach ((int containers, double setup) in new[] { (1, 0.5), (30, 0.2), (150, 1.0 / 7) })
        {
            (Time Ours, Time Theirs)[] pairs =
                [.. Enumerable.Range(0, Rounds).Select(_ => (Run(podman, isOurs: true, containers), Run(podman, isOurs: false, containers)))];
            yield return Compare($"netavark's `setup` as a process, {Text(containers)} / netavark 1.17", setup, pairs, time => time.Setup);
            yield return Compare($"its `teardown`, {Text(containers)} / netavark 1.17", 0.5, pairs, time => time.Teardown);
        }
        (Time Named, Time Bare)[] named = [.. Enumerable.Range(0, NamedRounds).Select(
            _ => (Run(podman, isOurs: true, 30, hasDns: true), Run(podman, isOurs: true, 30)))];
        double with = named.Average(pair => pair.Named.Setup), without = named.Average(pair => pair.Bare.Setup);
        yield return Row.AtMost(
            "its `setup` with DNS, 30 containers / without",
            1.05,
            with / without,
            string.Create(CultureInfo.InvariantCulture, $"{with:0.00} ms against {without:0.00} ms a call, means of {NamedRounds} rounds"),
            Command);
    }

    private static void Prepare(LaterPodman podman)
    {
        foreach (string dns in (string[])["true", "false"])
        {
            _ = podman.ShellOk(
                $"cat > /tmp/request-{dns}",
                """
                {"container_id":"ID","container_name":"NAME","port_mappings":[
                  {"host_ip":"","container_port":80,"host_port":PORT,"range":1,"protocol":"tcp"}],
                 "networks":{"n1":{"interface_name":"eth0","static_ips":["ADDRESS"]}},
                 "network_info":{"n1":{"name":"n1","id":"f0259bab93aaaaa2542ba43ef33eb990d0999ee1b9924b557b7be53c0b7a1bb9","driver":"bridge",
                  "network_interface":"br77","subnets":[{"subnet":"10.77.0.0/24","gateway":"10.77.0.1"}],"ipv6_enabled":false,"internal":false,
                  "dns_enabled":DNS,"ipam_options":{"driver":"host-local"}}}}

                """.Replace("DNS", dns, StringComparison.Ordinal));
        }
        _ = podman.ShellOk("cat > /tmp/measure.sh", Script);
        _ = podman.ShellOk(
            "for i in $(busybox seq 1 150); do /usr/bin/ip netns add c$i; done; "
                + "for a in seq sed cut tr; do busybox ln -sf busybox /usr/bin/$a; done");
    }

    private static Time Run(LaterPodman podman, bool isOurs, int containers, bool hasDns = false)
    {
        string helpers = isOurs ? podman.OwnHelpers : LaterPodman.Helpers;
        int repeats = Math.Max(1, 30 / containers); // the clock counts hundredths
        double setup = 0, teardown = 0;
        for (int repeat = 0; repeat < repeats; repeat++)
        {
            string[] said = podman.ShellOk(
                $"sh /tmp/measure.sh {helpers}/netavark {containers} {(hasDns ? "true" : "false")} {helpers}/aardvark-dns").Split(' ');
            setup += double.Parse(said[0], CultureInfo.InvariantCulture);
            teardown += double.Parse(said[1], CultureInfo.InvariantCulture);
        }
        double each = 10.0 / (containers * repeats);
        return new Time(setup * each, teardown * each);
    }

    private static Row Compare(string what, double target, (Time Own, Time Other)[] pairs, Func<Time, double> pick) => Row.AtMost(
        what,
        target,
        Series.MedianOf(pairs.Select(pair => pick(pair.Own) / pick(pair.Other))),
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Series.MedianOf(pairs.Select(pair => pick(pair.Own))):0.0} ms against "
                + $"{Series.MedianOf(pairs.Select(pair => pick(pair.Other))):0.0} ms a call, "
                + $"medians of {pairs.Length} rounds"),
        Command);

    private static string Text(int containers) => containers == 1 ? "a container alone" : $"{containers} containers";

    /// <summary>Milliseconds for each call.</summary>
    private sealed record Time(double Setup, double Teardown);
}
