using System.Globalization;
using System.Text;

namespace BridgeNet.Benchmarks.Page;

/// <summary>docs/performance.md: its table is written by the benchmarks, the rest by people.</summary>
internal static class PerformancePage
{
    private const string File = "docs/performance.md", Begin = "<!-- measured -->", End = "<!-- /measured -->";

    /// <summary>Puts the rows into the page, in the place of those that were there.</summary>
    public static void Write(IReadOnlyList<Row> rows)
    {
        string page = System.IO.File.ReadAllText(File);
        int begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, end = page.IndexOf(End, StringComparison.Ordinal);
        StringBuilder table = new();
        _ = table.AppendLine().AppendLine()
            .AppendLine(
                CultureInfo.InvariantCulture,
                $"{DateTime.UtcNow:yyyy-MM-dd}, Linux {System.IO.File.ReadAllText("/proc/sys/kernel/osrelease").Trim()}, "
                    + $"{Environment.ProcessorCount} cores, .NET {Environment.Version}.")
            .AppendLine()
            .AppendLine("| what | target | measured | | how it came about | measured by |")
            .AppendLine("|---|---|---|---|---|---|");
        foreach (Row row in rows)
        {
            _ = table.AppendLine(
                $"| {row.What} | {row.Target} | **{row.Measured}** | {(row.Target is Row.NoTarget ? "" : row.IsMet ? "met" : "missed")} | "
                    + $"{row.Detail} | `{row.Command}` |");
        }
        System.IO.File.WriteAllText(File, string.Concat(page.AsSpan(0, begin), table.AppendLine().ToString(), page.AsSpan(end)));
    }
}
