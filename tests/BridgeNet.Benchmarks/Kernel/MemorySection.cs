using System.Globalization;

using BridgeNet.Benchmarks.Page;
using BridgeNet.Probe;
using BridgeNet.TestKit;

namespace BridgeNet.Benchmarks.Kernel;

/// <summary>Resident memory of one attach as a process, and of the library with a thousand endpoints.</summary>
internal static class MemorySection
{
    private const int Endpoints = 1000;

    public static IEnumerable<Row> Measure(Yardstick yardstick)
    {
        using (NetworkNamespace sandbox = NetworkNamespace.Create())
        using (Scratch scratch = new())
        {
            string[] words = ["--state-dir", $"/run/{Path.GetFileName(scratch.Path)}-memory"];
            string measured = Programs.Run("time", ["-f", "%M", Binary.Path, .. words, "attach", sandbox.Path, "-p", "8080:80"]).OrThrow().Errors;
            double mib = double.Parse(measured.Trim().Split('\n')[^1], CultureInfo.InvariantCulture) / 1024;
            _ = Programs.Run(
                Binary.Path,
                [.. words, "detach", .. Programs.Run(Binary.Path, [.. words, "ls", "-q"]).OrThrow().Output.Split(
                    '\n', StringSplitOptions.RemoveEmptyEntries)]).OrThrow();
            _ = Programs.Run(Binary.Path, [.. words, "network", "rm", "bridge"]).OrThrow();
            yield return Row.AtMost("resident memory of one `bridgenet attach`, MiB", 20, mib, "/usr/bin/time -f %M", "./dev bench memory");
        }
        using BenchHost host = new();
        host.WarmUp();
        long before = Resident();
        NetworkNamespace[] sandboxes = Sandboxes.Create(Endpoints);
        for (int number = 0; number < Endpoints; number++)
        {
            _ = host.Attach(sandboxes[number], number);
        }
        long after = Resident();
        string check = host.Check(Endpoints, Endpoints, sandboxes[^1]);
        _ = host.Driver.DetachMany([.. Enumerable.Range(0, Endpoints).Select(number => $"e{number}")]);
        Sandboxes.End(sandboxes);
        yield return Row.AtMost(
            "resident memory of the library with 1,000 endpoints, MiB above empty", 20, (after - before) / 1024.0, check, "./dev bench memory");
    }

    private static long Resident()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
