using System.Diagnostics;
using System.Globalization;

namespace BridgeNet.Fuzz;

/// <summary>
/// <c>[--seconds N] [--keep] [TARGET…]</c>: fuzzes every decoder for so long. The program copies itself, has the copy's assemblies instrumented, and
/// runs the copy; --keep writes what reached something new into the corpus.
/// </summary>
internal static class Program
{
    private const int UsualSeconds = 600;
    private const string Inner = "--instrumented";

    private static readonly string[] s_instrumented = ["BridgeNet.Netlink.dll", "BridgeNet.dll", "BridgeNet.Runtimes.dll", "BridgeNet.Dns.dll"];

    private static int Main(string[] arguments)
    {
        List<string> words = [.. arguments];
        bool isInner = words.Remove(Inner), keeps = words.Remove("--keep");
        int seconds = UsualSeconds;
        if (words.IndexOf("--seconds") is var at and >= 0)
        {
            seconds = int.Parse(words[at + 1], CultureInfo.InvariantCulture);
            words.RemoveRange(at, 2);
        }
        if (words.Find(word => Targets.All.All(target => !string.Equals(target.Name, word, StringComparison.Ordinal))) is { } unknown)
        {
            Console.Error.WriteLine($"no target {unknown}: {string.Join(' ', Targets.All.Select(target => target.Name))}");
            return 2;
        }
        Target[] targets = [.. Targets.All.Where(target => words.Count == 0 || words.Contains(target.Name, StringComparer.Ordinal))];
        return isInner ? Fuzz(targets, TimeSpan.FromSeconds(seconds), keeps) : RunCopy(arguments);
    }

    private static int RunCopy(string[] arguments)
    {
        DirectoryInfo copy = Directory.CreateTempSubdirectory("bridgenet-fuzz-");
        try
        {
            foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory).Where(file => Path.GetExtension(file) is ".dll" or ".json"))
            {
                File.Copy(file, Path.Combine(copy.FullName, Path.GetFileName(file)));
            }
            foreach (string assembly in s_instrumented)
            {
                _ = SharpFuzz.Fuzzer.Instrument(Path.Combine(copy.FullName, assembly), static _ => true, SharpFuzz.Options.Value).Count();
            }
            using Process inner = Process.Start(
                Environment.ProcessPath!, ["exec", Path.Combine(copy.FullName, "BridgeNet.Fuzz.dll"), Inner, .. arguments]);
            inner.WaitForExit();
            return inner.ExitCode;
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    private static int Fuzz(Target[] targets, TimeSpan duration, bool keeps)
    {
        int findings = 0;
        string directory = CorpusDirectory();
        Console.WriteLine($"{"target",-10} {"executions",12} {"a second",9} {"branches",9} {"corpus",7} {"findings",9}");
        foreach (Target target in targets)
        {
            Campaign campaign = new(target, Corpus.Read(directory, target.Name), Environment.TickCount);
            campaign.Run(duration);
            Console.WriteLine(
                $"{target.Name,-10} {campaign.Executions,12} {campaign.Executions / duration.TotalSeconds,9:F0} {campaign.Branches,9} "
                    + $"{campaign.Kept.Count,7} {campaign.Findings.Count,9}");
            foreach ((string where, string input) in campaign.Findings)
            {
                Console.WriteLine($"  {where}\n    {input}");
            }
            findings += campaign.Findings.Count;
            if (keeps)
            {
                Corpus.Write(directory, target.Name, campaign.Kept);
            }
        }
        return findings == 0 ? 0 : 1;
    }

    private static string CorpusDirectory()
    {
        for (DirectoryInfo? directory = new(Environment.CurrentDirectory); directory is not null; directory = directory.Parent)
        {
            string candidate = Path.Combine(directory.FullName, "tests", "BridgeNet.Fuzz", "Corpus");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }
        throw new InvalidOperationException("run it inside the repository: the corpus is in tests/BridgeNet.Fuzz/Corpus");
    }
}
