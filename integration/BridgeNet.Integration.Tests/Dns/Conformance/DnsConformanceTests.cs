namespace BridgeNet.Integration.Tests.Dns.Conformance;

/// <summary>
/// The table of docs/dns.md on the real servers: each question goes to aardvark-dns, Docker's server and ours, byte by byte the same, and all three
/// answer as the table says. A difference that is gone is a failure, too.
/// </summary>
public sealed class DnsConformanceTests
{
    public static TheoryData<string> All => [.. DnsQuestions.All.Select(question => question.Name)];

    [Theory]
    [MemberData(nameof(All))]
    public void The_servers_answer_as_the_documentation_says(string question)
    {
        string aardvark = ServerAnswers.Aardvark.To(question), docker = ServerAnswers.Docker.To(question), ours = ServerAnswers.Ours.To(question);
        string seen = $"seen: | {question} | {aardvark} | {docker} | {ours} |";

        AnswerRow? row = AnswerTable.Find(question);

        row.Should().NotBeNull(seen);
        (aardvark, docker, ours).Should().Be((row!.Aardvark, row.Docker, row.Ours), seen);
    }

    [Fact]
    public void Each_question_has_a_row_and_each_row_a_question() =>
        AnswerTable.Rows.Select(row => row.Question).Should().Equal(DnsQuestions.All.Select(question => question.Name));

    [Fact]
    public void Each_verdict_is_true_of_its_row_and_each_difference_has_a_reason()
    {
        foreach (AnswerRow row in AnswerTable.Rows)
        {
            row.Verdict.Should().MatchRegex(row.IsSame ? "^same$" : "^different: .+$", row.Question);
        }
    }
}
