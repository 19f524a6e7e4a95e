namespace BridgeNet.Architecture;

/// <summary>docs/docker-parity.md against the tests that it names.</summary>
public sealed class ParityTests
{
    private const string Head = "| behaviour | verdict | proof |\n|---|---|---|\n";

    private static readonly SourceFile[] s_code = [new("tests/ATests.cs", "public void It_works() { }")];

    [Fact]
    public void Each_line_of_the_parity_list_has_a_test_or_a_reason() =>
        ParityRules.Check(Repository.File("docs/docker-parity.md").Text, [.. Repository.Code]).ShouldBeNone();

    [Fact]
    public void The_parity_list_has_every_section()
    {
        string[] sections = [.. Repository.File("docs/docker-parity.md").Lines.Where(line => line.StartsWith("## ", StringComparison.Ordinal))];

        sections.Should().HaveCountGreaterThan(7);
    }

    [Theory]
    [InlineData("| a | done | `ATests.It_works` |\n| b | different | why |\n| c | later | what |\n")]
    [InlineData("some prose\n")]
    public void A_line_with_its_test_or_reason_is_accepted(string rows) => ParityRules.Check(Head + rows, s_code).Should().BeEmpty();

    [Theory]
    [InlineData("| a | done | surely |\n", "the row “a” is done without a test")]
    [InlineData("| a | done | `ATests.It_flies` |\n", "the test ATests.It_flies is not there")]
    [InlineData("| a | perhaps | why |\n", "the row “a” does not say done, different or later, and why")]
    [InlineData("| a | different | |\n", "the row “a” does not say done, different or later, and why")]
    [InlineData("| a |\n", "the row “a” does not say done, different or later, and why")]
    public void A_line_without_its_test_or_reason_is_found(string rows, string violation) =>
        ParityRules.Check(Head + rows, s_code).Should().Equal(violation);

    [Fact]
    public void Too_many_postponed_lines_are_found() =>
        ParityRules.Check(Head + string.Concat(Enumerable.Repeat("| a | later | what |\n", 11)), s_code)
            .Should().Equal("11 rows are put off, more than 10");
}
