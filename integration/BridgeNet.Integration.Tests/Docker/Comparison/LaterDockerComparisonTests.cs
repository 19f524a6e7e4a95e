using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Docker.Comparison;

/// <summary>The table on Docker 28 or later.</summary>
public sealed class LaterDockerComparisonTests() : DockerComparisonTests(DockerGeneration.Later)
{
    public static TheoryData<string> All => NamesOf(DockerGeneration.Later);

    [Theory]
    [MemberData(nameof(All))]
    public void Both_networks_do_what_the_documentation_says(string behaviour) => Check(behaviour);
}
