using System.Diagnostics;

namespace BridgeNet.Trials.Stress;

/// <summary>
/// <c>stress [SECONDS]</c>: mixed verbs of threads and processes, some of which are killed, in rounds; after each round everything must fit.
/// </summary>
internal static class StressTrial
{
    private const int Containers = 24, Threads = 6, Processes = 3;

    private static readonly TimeSpan s_round = TimeSpan.FromSeconds(5);

    /// <summary>Longer than any verb takes: who is not back by then waits for ever.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <returns>Whether everything held.</returns>
    public static bool Run(TimeSpan duration, int seed, TextWriter output)
    {
        using StressWorld world = new(Containers);
        Dictionary<string, int> total = new(StringComparer.Ordinal);
        int killed = 0, rounds = 0;
        long start = Stopwatch.GetTimestamp();
        output.WriteLine($"{Threads} threads with a driver each and {Processes} that start the binary, {Containers} containers, seed {seed}");
        while (Stopwatch.GetElapsedTime(start) < duration)
        {
            Worker[] workers = [.. Enumerable.Range(0, Threads + Processes).Select(
                number => new Worker(world, number, new Random(seed + (rounds * 100) + number), usesBinary: number >= Threads))];
            long begin = Stopwatch.GetTimestamp();
            Thread[] threads = [.. workers.Select(worker => new Thread(() => worker.Work(() => Stopwatch.GetElapsedTime(begin) > s_round)))];
            Array.ForEach(threads, thread => thread.Start());
            if (!Array.TrueForAll(threads, thread => thread.Join(s_round + s_patience)))
            {
                output.WriteLine($"round {rounds}: somebody waits for ever");
                return false;
            }
            rounds++;
            killed += workers.Sum(worker => worker.Killed);
            foreach ((string verb, int count) in workers.SelectMany(worker => worker.Done))
            {
                total[verb] = total.GetValueOrDefault(verb) + count;
            }
            List<string> broken = [.. workers.Select(worker => worker.Failure).OfType<string>()];
            using BridgeDriver driver = world.OpenDriver();
            _ = driver.CollectGarbage();
            broken.AddRange(Invariants.Check(world, driver));
            if (broken.Count > 0)
            {
                output.WriteLine($"round {rounds} (seed {seed}):\n{string.Join('\n', broken)}");
                return false;
            }
        }
        string left = End(world);
        output.WriteLine(
            $"{rounds} rounds in {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s, {total.Values.Sum()} verbs, {killed} processes "
                + "killed; everything fitted after each round");
        output.WriteLine(string.Join(", ", total.OrderBy(verb => verb.Key, StringComparer.Ordinal).Select(verb => $"{verb.Key} {verb.Value}")));
        output.WriteLine(left.Length == 0 ? "nothing is left" : left);
        return left.Length == 0;
    }

    /// <returns>What is left when everything was taken down.</returns>
    private static string End(StressWorld world)
    {
        using BridgeDriver driver = world.OpenDriver();
        foreach (Endpoint endpoint in driver.Endpoints)
        {
            _ = driver.Detach(endpoint.Id);
        }
        foreach (Network network in driver.Networks)
        {
            driver.RemoveNetwork(network.Name);
        }
        return world.Host.RunOk(
            "nft list ruleset; ip -br link show type veth | grep ^veth || true; ip -br link show type bridge; ip -br link show type ifb; "
                + $"cd {world.State}; find endpoints names addresses networks -mindepth 1; find locks | grep -E '/[0-9a-f]{12}$' || true");
    }
}
