using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Docker.Comparison;

/// <summary>Something that Docker shows through its command, observed on a network of one driver or another.</summary>
/// <param name="Name">What it is, as the first column of the table in docs/docker.md says.</param>
/// <param name="Observe">Does it and returns what was seen, on one line.</param>
internal sealed record Behaviour(string Name, Func<Stage, string> Observe)
{
    /// <summary>The release that has it; null if all do.</summary>
    public DockerGeneration? Only { get; init; }

    public bool IsIn(DockerGeneration generation) => Only is null || Only == generation;
}
