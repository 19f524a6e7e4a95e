using System.Diagnostics;

namespace BridgeNet.Fuzz;

/// <summary>One target for a while: inputs that reach something new are kept and changed further.</summary>
internal sealed class Campaign(Target target, List<byte[]> corpus, int seed)
{
    /// <summary>Nothing of a few kilobytes takes so long, a pause of the collector included.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, string> _findings = new(StringComparer.Ordinal);
    private readonly Random _random = new(seed);
    private long _executions;

    /// <summary>How many inputs were tried.</summary>
    public long Executions => _executions;

    /// <summary>How many branches they took.</summary>
    public int Branches { get; private set; }

    /// <summary>What went wrong: where, and the shortest input that shows it.</summary>
    public IReadOnlyDictionary<string, string> Findings => _findings;

    /// <summary>What reached something new.</summary>
    public IReadOnlyList<byte[]> Kept => corpus;

    public void Run(TimeSpan duration)
    {
        using Coverage coverage = new();
        Mutator mutator = new(_random, target.Words);
        List<byte[]> begin = [[], .. corpus];
        corpus.Clear();
        foreach (byte[] input in begin)
        {
            Try(coverage, input);
        }
        if (corpus.Count == 0)
        {
            corpus.Add([]);
        }
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < duration;)
        {
            Try(coverage, mutator.Mutate(corpus[_random.Next(corpus.Count)], corpus[_random.Next(corpus.Count)]));
        }
        Branches = coverage.Branches;
    }

    private void Try(Coverage coverage, ReadOnlySpan<byte> input)
    {
        coverage.Begin();
        _executions++;
        long start = Stopwatch.GetTimestamp();
        try
        {
            target.Decode(input);
        }
        catch (Exception error) // a decoder refuses by its own exceptions, which the target has caught
        {
            Note(
                $"{error.GetType().Name}: {error.Message} "
                    + $"{error.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("BridgeNet", StringComparison.Ordinal))?.Trim()}",
                input);
        }
        if (Stopwatch.GetElapsedTime(start) > s_longest)
        {
            Note($"it took {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s", input);
        }
        if (coverage.IsNew())
        {
            corpus.Add(input.ToArray());
        }
    }

    private void Note(string where, ReadOnlySpan<byte> input)
    {
        string hex = Convert.ToHexStringLower(input);
        if (!_findings.TryGetValue(where, out string? known) || known.Length > hex.Length)
        {
            _findings[where] = hex;
        }
    }
}
