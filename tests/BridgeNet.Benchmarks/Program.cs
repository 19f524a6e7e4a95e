using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

using BridgeNet.Benchmarks.Against;
using BridgeNet.Benchmarks.Docker;
using BridgeNet.Benchmarks.Kernel;
using BridgeNet.Benchmarks.Names;
using BridgeNet.Benchmarks.Page;
using BridgeNet.Benchmarks.Podman;
using BridgeNet.Benchmarks.Processes;

namespace BridgeNet.Benchmarks;

/// <summary>
/// <c>[--yardstick DIR] [SECTION…]</c>: measures against the kernel's floor and other people's tools, in a network namespace and with a /run that are
/// its own.
/// <c>--against COMMIT --this COMMIT [SECTION…]</c>: measures this build and another in turn.
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
        ("dns", NamesSection.Measure),
        ("docker", DockerSection.Measure),
        ("docker-plugin", DockerSection.MeasurePlugin),
        ("netavark", NetavarkSection.Measure),
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
        string directory = Take(words, "--yardstick") ?? Path.Combine("..", "shared", "bench");
        string? other = Take(words, "--against");
        string name = Take(words, "--this") ?? "";
        using Yardstick? yardstick = Yardstick.TryOpen(directory, Console.Out);
        if (yardstick is null)
        {
            return 0;
        }
        if (other is null)
        {
            MeasureThis(yardstick, words);
        }
        else
        {
            Compare(new BuildPair(new Build(name, "."), Build.Of(other)), yardstick, words);
        }
        return 0;
    }

    private static void MeasureThis(Yardstick yardstick, List<string> words)
    {
        List<Row> rows = [];
        foreach ((_, Func<Yardstick, IEnumerable<Row>> measure) in s_sections.Where(section => IsAsked(words, section.Name)))
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
    }

    private static void Compare(BuildPair builds, Yardstick yardstick, List<string> words)
    {
        (string Name, Func<Yardstick, IEnumerable<Comparison>> Compare)[] sections =
        [
            ("attach", builds.CompareAttach),
            ("repair", builds.CompareRepair),
            ("process", builds.CompareProcesses),
            ("lines", builds.CompareLines),
        ];
        List<Comparison> comparisons = [];
        foreach ((_, Func<Yardstick, IEnumerable<Comparison>> compare) in sections.Where(section => IsAsked(words, section.Name)))
        {
            foreach (Comparison line in compare(yardstick))
            {
                Console.WriteLine(FormattableString.Invariant(
                    $"{(line.IsMet ? "    " : "MISS")} {line.What}: {line.Own} against {line.Other}, ratio {line.Ratio:0.00} ({line.Target})"));
                comparisons.Add(line);
            }
        }
        if (words.Count == 0)
        {
            PerformancePage.Write(builds, comparisons);
        }
    }

    /// <summary>Without a word everything is asked for.</summary>
    private static bool IsAsked(List<string> words, string section) => words.Count == 0 || words.Contains(section, StringComparer.Ordinal);

    /// <summary>Takes an option and its value out of the words.</summary>
    private static string? Take(List<string> words, string option)
    {
        int at = words.IndexOf(option);
        if (at < 0)
        {
            return null;
        }
        string value = words[at + 1];
        words.RemoveRange(at, 2);
        return value;
    }
}
