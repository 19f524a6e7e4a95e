using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Docker.Comparison;

/// <summary>
/// The table of docs/docker.md on a real dockerd: each behaviour is observed on a network of Docker's own driver and on one of ours, by the real
/// docker command, and both are as the table says. A difference that is gone is a failure, too.
/// </summary>
public abstract class DockerComparisonTests(DockerGeneration generation)
{
    /// <summary>The names of the behaviours that a release has.</summary>
    protected static TheoryData<string> NamesOf(DockerGeneration generation) =>
        [.. Behaviours.All.Where(behaviour => behaviour.IsIn(generation)).Select(behaviour => behaviour.Name)];

    /// <summary>What was seen is what the table says.</summary>
    protected void Check(string behaviour)
    {
        (string docker, string ours) = Observations.Of(generation).Seen(behaviour);
        string seen = $"seen: | {behaviour} | {docker} | {ours} |";

        ComparisonRow? row = ComparisonTable.Find(behaviour);

        row.Should().NotBeNull(seen);
        docker.Should().Be(ComparisonRow.Of(row!.Docker, generation), seen);
        ours.Should().Be(ComparisonRow.Of(row.Ours, generation), seen);
    }
}
