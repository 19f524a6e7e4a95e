using System.Collections.Concurrent;
using System.Diagnostics;

namespace BridgeNet.Trials.Chaos;

/// <summary>
/// <c>chaos [--every N] [VERB…]</c>: kills at every call of every verb, gives every N-th call (by default every) each error, and prints the
/// outcome.
/// </summary>
internal static class ChaosTrial
{
    /// <returns>Whether all recovered.</returns>
    public static bool Run(IReadOnlyList<string> verbs, int errorStep, TextWriter output) =>
        Run(verbs, (run, failed) => run.Run(errorStep: errorStep, failed: failed), output);

    /// <summary><c>chaos --beside gc|repair|neighbour [VERB…]</c>: stops each verb at each of its calls while another runs beside it.</summary>
    /// <returns>Whether all were whole.</returns>
    public static bool RunBeside(string beside, IReadOnlyList<string> verbs, TextWriter output) => Run(
        verbs.Count > 0 ? verbs : [.. Scenarios.StoppedFor(beside)],
        (run, failed) => run.RunBeside(Scenarios.Beside[beside], failed: failed),
        output);

    private static bool Run(IReadOnlyList<string> verbs, Func<ChaosRun, Action<string>, ChaosResult> strike, TextWriter output)
    {
        foreach (string unknown in verbs.Where(verb => !Scenarios.All.ContainsKey(verb)))
        {
            throw new ArgumentException($"no verb {unknown}: {string.Join(", ", Scenarios.All.Keys)}", nameof(verbs));
        }
        using Striker striker = new();
        ConcurrentQueue<(string Verb, Func<ChaosWorld, Scenario> Make)> waiting = new(
            Scenarios.All.Where(
                scenario => verbs.Count == 0
                    || verbs.Contains(scenario.Key, StringComparer.Ordinal)).Select(scenario => (scenario.Key, scenario.Value)));
        ConcurrentBag<ChaosResult> results = [];
        long start = Stopwatch.GetTimestamp();
        output.WriteLine($"{"verb",-24} {"calls",6} {"kills",6} {"errors",7} {"undone",7} {"whole",6} {"failed",7}");
        Thread[] workers = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(
            _ => new Thread(() => Work(waiting, striker.Program, strike, results, output)))];
        Array.ForEach(workers, worker => worker.Start());
        Array.ForEach(workers, worker => worker.Join());
        output.WriteLine($"{results.Sum(result => result.Kills)} kills and {results.Sum(result => result.Errors)} errors at "
            + $"{results.Count} verbs in {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s: "
            + (results.All(
                result => result.Failures.Count == 0) ? "all recovered" : $"{results.Sum(result => result.Failures.Count)} did not recover"));
        return results.All(result => result.Failures.Count == 0);
    }

    private static void Work(
        ConcurrentQueue<(string Verb, Func<ChaosWorld, Scenario> Make)> waiting,
        string striker,
        Func<ChaosRun, Action<string>, ChaosResult> strike,
        ConcurrentBag<ChaosResult> results,
        TextWriter output)
    {
        while (waiting.TryDequeue(out (string Verb, Func<ChaosWorld, Scenario> Make) next))
        {
            ChaosResult result;
            try
            {
                using ChaosRun run = new(Binary.Path, striker, next.Make);
                result = strike(run, failure => Tell(output, $"FAILED {failure}"));
            }
            catch (Exception error) when (error is TestKit.CommandFailedException or InvalidOperationException)
            {
                Tell(output, $"FAILED {next.Verb}: {error.Message}");
                result = new ChaosResult(next.Verb, 0, 0, 0, 0, 0, [error.Message]);
            }
            results.Add(result);
            Tell(
                output,
                $"{result.Verb,-24} {result.Calls,6} {result.Kills,6} {result.Errors,7} {result.Undone,7} {result.Whole,6} "
                    + $"{result.Failures.Count,7}");
        }
    }

    private static void Tell(TextWriter output, string line)
    {
        lock (output)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }
}
