namespace BridgeNet.Architecture;

/// <summary>docs/threat-model.md against the tests that it names.</summary>
public sealed class ThreatModelTests
{
    private const string Head = "| threat | what stops it | held by |\n|---|---|---|\n";

    private static readonly SourceFile[] s_code = [new("tests/ATests.cs", "public void It_works() { }")];

    [Fact]
    public void Every_threat_has_a_test_that_is_there() =>
        ThreatRules.Check(Repository.File("docs/threat-model.md").Text, [.. Repository.Code]).ShouldBeNone();

    [Fact]
    public void The_threat_model_lists_more_than_25_threats() =>
        ThreatRules.Rows(Repository.File("docs/threat-model.md").Text).Should().HaveCountGreaterThan(25);

    [Theory]
    [InlineData("| a | b | nobody |\n", "the threat “a” has no test")]
    [InlineData("| a | b | `ATests.It_flies` |\n", "the test ATests.It_flies is not there")]
    public void A_threat_without_a_test_is_found(string rows, string violation) => ThreatRules.Check(Head + rows, s_code).Should().Equal(violation);

    [Fact]
    public void A_threat_with_a_test_is_accepted() => ThreatRules.Check(Head + "| a | b | `ATests.It_works` |\n", s_code).Should().BeEmpty();
}
