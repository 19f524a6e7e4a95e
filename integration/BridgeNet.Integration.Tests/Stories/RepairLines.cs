namespace BridgeNet.Integration.Tests.Stories;

/// <summary>A report's findings as people read them.</summary>
internal static class RepairLines
{
    public static IReadOnlyList<string> Lines(this IEnumerable<RepairFinding> findings) => [.. findings.Select(finding => finding.ToString())];
}
