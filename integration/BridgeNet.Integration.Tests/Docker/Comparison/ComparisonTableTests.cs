namespace BridgeNet.Integration.Tests.Docker.Comparison;

/// <summary>The table of docs/docker.md against the behaviours that are observed.</summary>
public sealed class ComparisonTableTests
{
    [Fact]
    public void Each_behaviour_has_a_row_and_each_row_a_behaviour() =>
        ComparisonTable.Rows.Select(row => row.Behaviour).Should().Equal(Behaviours.All.Select(behaviour => behaviour.Name));

    [Fact]
    public void Each_verdict_is_true_of_its_row_and_each_difference_has_a_reason()
    {
        foreach (ComparisonRow row in ComparisonTable.Rows)
        {
            bool isSame = string.Equals(row.Docker, row.Ours, StringComparison.Ordinal);
            row.Verdict.Should().MatchRegex(isSame ? "^same$" : "^different: .{10,}$", row.Behaviour);
        }
    }
}
