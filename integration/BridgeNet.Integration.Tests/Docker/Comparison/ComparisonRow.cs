using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Docker.Comparison;

/// <summary>A row of the table in docs/docker.md.</summary>
/// <param name="Behaviour">The name of the behaviour.</param>
/// <param name="Docker">What is seen on Docker's own bridge network.</param>
/// <param name="Ours">What is seen on ours.</param>
/// <param name="Verdict">"same", or "different: " and the reason.</param>
internal sealed record ComparisonRow(string Behaviour, string Docker, string Ours, string Verdict)
{
    private const string Older = " (20.10: ";

    /// <summary>What a cell says of a release: "silence (20.10: page)" is "page" for 20.10 and "silence" for later ones.</summary>
    public static string Of(string cell, DockerGeneration generation)
    {
        int older = cell.IndexOf(Older, StringComparison.Ordinal);
        if (older < 0)
        {
            return cell;
        }
        return generation == DockerGeneration.Debian12 ? cell[(older + Older.Length)..^1] : cell[..older];
    }
}
