using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Docker.Comparison;

/// <summary>The table on Docker 20.10.</summary>
public sealed class Debian12DockerComparisonTests() : DockerComparisonTests(DockerGeneration.Debian12)
{
    public static TheoryData<string> All => NamesOf(DockerGeneration.Debian12);

    [Theory]
    [MemberData(nameof(All))]
    public void Both_networks_do_what_the_documentation_says(string behaviour) => Check(behaviour);
}
