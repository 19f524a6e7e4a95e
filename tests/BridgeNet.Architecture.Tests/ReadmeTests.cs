namespace BridgeNet.Architecture;

public sealed class ReadmeTests
{
    private const string Fence = "```";

    [Fact]
    public void The_ten_lines_in_the_readme_are_those_of_the_sample_that_is_compiled()
    {
        string shown = CodeIn(Repository.File("README.md").Text);

        shown.Trim().Should().Be(Repository.File("integration/samples/TenLines/Program.cs").Text.Trim());
    }

    private static string CodeIn(string markdown)
    {
        int start = markdown.IndexOf($"{Fence}csharp", StringComparison.Ordinal) + Fence.Length + "csharp".Length;
        return markdown[start..markdown.IndexOf(Fence, start, StringComparison.Ordinal)];
    }
}
