using System.Collections.Concurrent;
using System.Diagnostics;

using BridgeNet.TestKit;

namespace BridgeNet.Trials.Chaos.Docker;

/// <summary>
/// <c>chaos docker [POINTS [OPERATION|VICTIM…]]</c>: kills the plugin, dockerd alone, and dockerd with its containers at points of
/// <c>docker run</c>, <c>stop</c>, <c>network connect</c> and <c>rm</c>, and prints the outcome.
/// </summary>
internal static class DockerChaosTrial
{
    /// <param name="count">At how many points of each.</param>
    /// <param name="chosen">Names of operations and victims; none of a kind is all of it.</param>
    /// <param name="output">Gets the table.</param>
    /// <returns>Whether everything fitted.</returns>
    public static bool Run(int count, IEnumerable<string> chosen, TextWriter output)
    {
        HashSet<string> names = [.. chosen];
        DockerOperation[] operations = [.. DockerOperation.All.Where(operation => names.Contains(operation.Name))];
        string[] victims = [.. Victim.All.Keys.Where(names.Contains)];
        if (operations.Length + victims.Length != names.Count)
        {
            throw new ArgumentException(
                $"operations are {string.Join(", ", DockerOperation.All.Select(one => one.Name))}; victims are {string.Join(", ", Victim.All.Keys)}",
                nameof(chosen));
        }
        ConcurrentQueue<(string Victim, DockerOperation Operation)> waiting = new(
            from victim in victims.Length > 0 ? victims : [.. Victim.All.Keys]
            from operation in operations.Length > 0 ? operations : [.. DockerOperation.All]
            select (victim, operation));
        using Striker striker = new();
        ConcurrentBag<DockerChaosResult> results = [];
        long start = Stopwatch.GetTimestamp();
        output.WriteLine($"{"verb",-10} {"killed",-10} {"points",7} {"kills",6} {"whole",6} {"undone",7} {"abandoned",10} {"failed",7}");
        Thread[] workers = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(
            _ => new Thread(() => Work(waiting, striker.Program, count, results, output)))];
        Array.ForEach(workers, worker => worker.Start());
        Array.ForEach(workers, worker => worker.Join());
        int failed = results.Sum(result => result.Failures.Count);
        output.WriteLine($"{results.Sum(result => result.Kills)} kills in {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s: "
            + (failed == 0 ? "everything fitted and nothing was left" : $"{failed} failed"));
        return failed == 0;
    }

    private static void Work(
        ConcurrentQueue<(string Victim, DockerOperation Operation)> waiting,
        string striker,
        int count,
        ConcurrentBag<DockerChaosResult> results,
        TextWriter output)
    {
        while (waiting.TryDequeue(out (string Victim, DockerOperation Operation) next))
        {
            DockerChaosResult result;
            try
            {
                using DockerChaosRun run = new(striker, next.Victim, next.Operation);
                result = run.Run(count, failure => Tell(output, $"FAILED {failure}"));
            }
            catch (Exception error) when (error is CommandFailedException or InvalidOperationException or TimeoutException)
            {
                Tell(output, $"FAILED {next.Operation.Name}, {next.Victim}: {error.Message}");
                result = new DockerChaosResult(next.Operation.Name, next.Victim, 0, 0, 0, 0, 0, [error.Message]);
            }
            results.Add(result);
            Tell(
                output,
                $"{result.Operation,-10} {result.Victim,-10} {result.Points,7} {result.Kills,6} {result.Whole,6} {result.Undone,7} "
                    + $"{result.Abandoned,10} {result.Failures.Count,7}");
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
