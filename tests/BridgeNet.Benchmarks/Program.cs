using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

using BridgeNet.Benchmarks.Kernel;
using BridgeNet.Benchmarks.Page;
using BridgeNet.Benchmarks.Processes;

namespace BridgeNet.Benchmarks;

/// <summary>
/// <c>[--yardstick DIR] [SECTION…]</c>: measures against the kernel's floor and other people's tools, in a network namespace and with a /run that are
/// its own.
/// <c>micro […]</c>: BenchmarkDotNet with its own arguments.
/// </summary>
internal static class Program
{
    private static readonly (string Name, Func<Yardstick, IEnumerable<Row>> Measure)[] s_sections =
    [
        ("attach", AttachSection.Measure),
        ("growth", GrowthSection.Measure),
        ("detach-many", BulkSection.MeasureDetach),
        ("ports", BulkSection.MeasurePorts),
        ("repair", BulkSection.MeasureRepair),
        ("peers", PeersSection.Measure),
        ("start", StartSection.Measure),
        ("path", PathSection.Measure),
        ("workers", WorkersSection.Measure),
        ("memory", MemorySection.Measure),
    ];

    /// <summary>In this process, because the library's internals are shown to this assembly alone; short, because they are compared by eye.</summary>
    private static ManualConfig Quick() => DefaultConfig.Instance
        .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
        .WithArtifactsPath(Path.GetFullPath("artifacts/benchmarks"));

    private static int Main(string[] arguments)
    {
        if (arguments is ["micro", .. string[] rest])
        {
            _ = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(rest.Length == 0 ? ["--filter=*"] : rest, Quick());
            return 0;
        }
        List<string> words = [.. arguments];
        string directory = Path.Combine("..", "shared", "bench");
        if (words.IndexOf("--yardstick") is var at and >= 0)
        {
            directory = words[at + 1];
            words.RemoveRange(at, 2);
        }
        using Yardstick? yardstick = Yardstick.TryOpen(directory, Console.Out);
        if (yardstick is null)
        {
            return 0;
        }
        List<Row> rows = [];
        foreach ((_, Func<Yardstick, IEnumerable<Row>> measure) in s_sections.Where(
            section => words.Count == 0 || words.Contains(section.Name, StringComparer.Ordinal)))
        {
            foreach (Row row in measure(yardstick))
            {
                Console.WriteLine($"{(row.IsMet ? "    " : "MISS")} {row.What}: {row.Measured} ({row.Target}); {row.Detail}");
                rows.Add(row);
            }
        }
        if (words.Count == 0)
        {
            rows.Insert(3, Codecs.Measure());
            PerformancePage.Write(rows);
        }
        return 0;
    }
}
