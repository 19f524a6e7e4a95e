using System.CommandLine;

namespace BridgeNet.Cli.Printing;

/// <summary>Prints what a repair did, a line each, and what it could not do on stderr.</summary>
internal static class RepairText
{
    /// <summary>Prints it.</summary>
    /// <returns>The exit status.</returns>
    public static int Print(RepairReport report, InvocationConfiguration streams)
    {
        foreach (RepairFinding finding in report.Restored)
        {
            streams.Output.WriteLine($"restored {finding}");
        }
        foreach (RepairFinding finding in report.Ended)
        {
            streams.Output.WriteLine($"ended {finding}");
        }
        IReadOnlyList<RepairFinding> beyond = report.BeyondRepair;
        foreach (RepairFinding finding in beyond)
        {
            Failure.Print(finding.ToString(), streams.Error);
        }
        streams.Output.Flush();
        return beyond.Count == 0 ? ExitStatus.Done : ExitStatus.Failed;
    }
}
