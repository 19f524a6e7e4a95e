namespace BridgeNet.Architecture;

public sealed class DocumentRulesTests
{
    private const string Decision = "**Context.** **Decision.** **Consequences.**";

    private static readonly Dictionary<string, string> s_files = new(StringComparer.Ordinal)
    {
        ["docs/a.md"] = "# One heading, and `code`\n",
        ["README.md"] = "",
        ["docs"] = "",
    };

    [Theory]
    [InlineData("[x](a.md)")]
    [InlineData("[x](../README.md)")]
    [InlineData("[x](../docs)")]
    [InlineData("[x](a.md#one-heading-and-code)")]
    [InlineData("[x](https://example.org/missing.md)")]
    [InlineData("```\n[x](missing.md)\n```\n")]
    public void A_link_to_an_existing_target_is_accepted(string text) =>
        DocumentRules.ResolveLinks([new SourceFile("docs/b.md", text)], s_files.GetValueOrDefault).Should().BeEmpty();

    [Theory]
    [InlineData("[x](missing.md)", "docs/b.md links to missing.md, which is not there")]
    [InlineData("[x](README.md)", "docs/b.md links to README.md, which is not there")]
    [InlineData("<img src=\"missing.svg\">", "docs/b.md links to missing.svg, which is not there")]
    [InlineData("[x](a.md#another)", "docs/b.md links to a.md#another, which has no such heading")]
    public void A_link_to_a_missing_target_is_found(string text, string violation) =>
        DocumentRules.ResolveLinks([new SourceFile("docs/b.md", text)], s_files.GetValueOrDefault).Should().Equal(violation);

    [Fact]
    public void Decisions_in_order_and_listed_are_accepted() =>
        DocumentRules.ListDecisions([new("docs/decisions/0002-b.md", Decision), new("docs/decisions/0001-a.md", Decision)], "(0001-a.md) (0002-b.md)")
            .Should().BeEmpty();

    [Fact]
    public void A_decision_that_is_unlisted_misnumbered_or_incomplete_is_found() =>
        DocumentRules.ListDecisions(
            [new("docs/decisions/0001-a.md", Decision), new("docs/decisions/0003-b.md", "**Context.** **Consequences.**")], "(0001-a.md)")
            .Should().Equal(
                "0003-b.md should have the number 0002", "0003-b.md is not in the index of decisions", "0003-b.md has no part **Decision.**");

    [Fact]
    public void A_table_is_read_below_its_heading()
    {
        const string Document =
            "# A\n| no |\n|---|\n| x |\n\n## B\ntext\n\n| name | sees |\n|---|---|\n| one | Two, Three |\n| four | nothing |\n\nmore\n";

        IReadOnlyList<string[]> rows = MarkdownTable.Read(Document, "B");

        rows.Select(row => row[0]).Should().Equal("one", "four");
        MarkdownTable.List(rows[0][1]).Should().Equal("Two", "Three");
        MarkdownTable.List(rows[1][1]).Should().BeEmpty();
        FluentActions.Invoking(() => MarkdownTable.Read(Document, "C")).Should().Throw<InvalidOperationException>();
    }
}
