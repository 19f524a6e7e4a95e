using BridgeNet.Dns.Wire;

namespace BridgeNet.Dns.Tests.Wire;

public sealed class QuestionTests
{
    [Theory]
    [InlineData("", nameof(QuestionVerdict.Silence), "nothing")]
    [InlineData("123401000001000000000", nameof(QuestionVerdict.Silence), "a header cut short")]
    [InlineData("123481000001000000000000 0161000001 0001", nameof(QuestionVerdict.Silence), "an answer")]
    [InlineData("123401000000000000000000", nameof(QuestionVerdict.FormatError), "no question")]
    [InlineData("123401000002000000000000 0161000001 0001 0162000001 0001", nameof(QuestionVerdict.FormatError), "two questions")]
    [InlineData("123401000001000000000000 0161000001", nameof(QuestionVerdict.FormatError), "no class")]
    [InlineData("123401000001000000000000 c00c00010001", nameof(QuestionVerdict.FormatError), "a name that points at itself")]
    [InlineData("123401000001000000000000 c0000001 0001", nameof(QuestionVerdict.FormatError), "a name that points into the header")]
    [InlineData("123401000001000000000001 0161000001 0001", nameof(QuestionVerdict.FormatError), "a record that is not there")]
    [InlineData(
        "123401000001000000000002 0161000001 0001 0000290200000000000000 0000290200000000000000", nameof(QuestionVerdict.FormatError), "OPT twice")]
    [InlineData("123401000001000000000001 0161000001 0001 01610000290200000000000000", nameof(QuestionVerdict.FormatError), "OPT with a name")]
    [InlineData("123401000001000100000000 0161000001 0001 0000290200000000000000", nameof(QuestionVerdict.FormatError), "OPT as an answer")]
    [InlineData("123401000001000000000001 0161000001 0001 0000290200000100000000", nameof(QuestionVerdict.BadVersion), "EDNS version 1")]
    [InlineData("123421000001000000000000 0161000001 0001", nameof(QuestionVerdict.NotImplemented), "NOTIFY")]
    [InlineData("123429000001000000000000", nameof(QuestionVerdict.NotImplemented), "UPDATE without a zone")]
    [InlineData("123401000001000000000000 0161000001 0001", nameof(QuestionVerdict.Valid), "a question")]
    [InlineData("123401000001000000000001 0161000001 0001 0000290200000080000000", nameof(QuestionVerdict.Valid), "a question with EDNS")]
    public void A_message_is_judged(string hex, string expected, string what)
    {
        string digits = hex.Replace(" ", "", StringComparison.Ordinal);
        byte[] message = Convert.FromHexString(digits[..(digits.Length / 2 * 2)]);

        Question.Read(message, new byte[DomainName.MostBytes], out _).ToString().Should().Be(expected, what);
    }

    [Theory]
    [InlineData(null, 512)]
    [InlineData(0, 512)]
    [InlineData(1232, 1232)]
    public void The_size_of_answers_is_at_least_512(int? asked, int expected)
    {
        byte[] message = Questions.Of("web", edns: asked is { } size ? new Edns((ushort)size, 0, 0, IsDnssecWanted: false) : null);

        _ = Question.Read(message, new byte[DomainName.MostBytes], out Question question);

        question.UdpSize.Should().Be(expected);
    }
}
