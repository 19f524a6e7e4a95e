using System.CommandLine;

namespace BridgeNet.Cli.Printing;

/// <summary>Prints what a repair did, a line each, and what it could not do on stderr.</summary>
internal static class RepairText
{
    /// <summary>Prints it.</summary>
    /// <returns>The exit status.</returns>
    public static int Print(RepairReport report, InvocationConfiguration streams)
    {
        foreach (string line in report.Restored)
        {
            streams.Output.WriteLine($"restored {line}");
        }
        foreach (string endpoint in report.Ended)
        {
            streams.Output.WriteLine($"ended endpoint {endpoint}: its namespace is gone");
        }
        foreach (string line in report.BeyondRepair)
        {
            Failure.Print(line, streams.Error);
        }
        streams.Output.Flush();
        return report.BeyondRepair.Count == 0 ? ExitStatus.Done : ExitStatus.Failed;
    }
}
