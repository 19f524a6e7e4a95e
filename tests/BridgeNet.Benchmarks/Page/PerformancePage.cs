using System.Globalization;
using System.Text;

using BridgeNet.Benchmarks.Against;

namespace BridgeNet.Benchmarks.Page;

/// <summary>docs/performance.md: the benchmarks write its tables, people write the rest.</summary>
internal static class PerformancePage
{
    private const string File = "docs/performance.md";

    /// <summary>Replaces the table of this build.</summary>
    public static void Write(IReadOnlyList<Row> rows)
    {
        StringBuilder text = new(Circumstances());
        _ = text.AppendLine().AppendLine("| what | target | measured | met? | measured by |").AppendLine("|---|---|---|---|---|");
        foreach (Row row in rows)
        {
            string met = row.Target is Row.NoTarget ? "" : Met(row.IsMet);
            _ = text.AppendLine($"| {row.What} | {row.Target} | **{row.Measured}** | {met} | `{row.Command}` |");
        }
        _ = text.AppendLine().AppendLine("The figures behind them, line by line:").AppendLine();
        foreach (Row row in rows)
        {
            _ = text.AppendLine($"- **{row.What}**: {row.Detail}.");
        }
        Replace("measured", text);
    }

    /// <summary>Replaces the table that compares two builds.</summary>
    public static void Write(BuildPair builds, IReadOnlyList<Comparison> comparisons)
    {
        StringBuilder text = new(Circumstances());
        _ = text.AppendLine()
            .AppendLine($"| what | target | met? | this build, {builds.Own.Name} | {builds.Other.Name} | ratio | measured by |")
            .AppendLine("|---|---|---|---|---|---|---|");
        foreach (Comparison line in comparisons)
        {
            _ = text.Append($"| {line.What} | {line.Target} | {Met(line.IsMet)} | {line.Own} | {line.Other} ")
                .AppendLine(CultureInfo.InvariantCulture, $"| **{line.Ratio:0.00}** | `./dev bench --against {builds.Other.Name} {line.Section}` |");
        }
        Replace("compared", text);
    }

    private static string Met(bool isMet) => isMet ? "met" : "missed";

    /// <summary>When and where it was measured.</summary>
    private static string Circumstances()
    {
        string kernel = System.IO.File.ReadAllText("/proc/sys/kernel/osrelease").Trim();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"\n\n{DateTime.UtcNow:yyyy-MM-dd}, Linux {kernel}, {Environment.ProcessorCount} cores, .NET {Environment.Version}.\n");
    }

    /// <summary>Puts a text between two markers, in place of what was there.</summary>
    private static void Replace(string marker, StringBuilder text)
    {
        string page = System.IO.File.ReadAllText(File), open = $"<!-- {marker} -->";
        int begin = page.IndexOf(open, StringComparison.Ordinal) + open.Length, end = page.IndexOf($"<!-- /{marker} -->", StringComparison.Ordinal);
        System.IO.File.WriteAllText(File, string.Concat(page.AsSpan(0, begin), text.AppendLine().ToString(), page.AsSpan(end)));
    }
}
