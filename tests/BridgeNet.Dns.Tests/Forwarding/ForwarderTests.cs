using System.Net;

using BridgeNet.Dns.Forwarding;
using BridgeNet.Dns.Wire;

namespace BridgeNet.Dns.Tests.Forwarding;

public sealed class ForwarderTests
{
    private const string First = "127.0.0.2";
    private const string Second = "127.0.0.3";

    [Fact]
    public async Task The_answer_has_the_container_s_id_and_the_server_another()
    {
        using FakeServer server = new(First, 0, (question, _) => FakeServer.Answer(question, 0, "198.51.100.7"));

        Reply reply = await AskAsync([server]);

        reply.Header.Id.Should().Be(Questions.Id);
        reply.Data.Should().Equal("198.51.100.7");
        server.Questions.Should().ContainSingle();
    }

    [Fact]
    public async Task Every_question_has_an_id_and_a_port_of_its_own()
    {
        using FakeServer server = new(First, 0, (question, _) => FakeServer.Answer(question));

        for (int i = 0; i < 20; i++)
        {
            _ = await AskAsync([server]);
        }

        server.Questions.Select(question => (question[0] << 8) | question[1]).Distinct().Should().HaveCountGreaterThan(15);
        server.Askers.Select(asker => asker.Port).Distinct().Should().HaveCountGreaterThan(15);
    }

    [Theory]
    [InlineData(ResponseCode.ServerFailure)]
    [InlineData(ResponseCode.Refused)]
    public async Task A_server_that_fails_is_followed_by_the_next(int code)
    {
        using FakeServer first = new(First, 0, (question, _) => FakeServer.Answer(question, (ushort)code));
        using FakeServer second = new(Second, first.Port, (question, _) => FakeServer.Answer(question, 0, "198.51.100.7"));

        Reply reply = await AskAsync([first, second]);

        reply.Data.Should().Equal("198.51.100.7");
    }

    [Fact]
    public async Task If_all_servers_fail_the_last_failure_is_the_answer()
    {
        using FakeServer first = new(First, 0, (question, _) => FakeServer.Answer(question, ResponseCode.ServerFailure));
        using FakeServer second = new(Second, first.Port, (question, _) => FakeServer.Answer(question, ResponseCode.Refused));

        Reply reply = await AskAsync([first, second]);

        reply.Code.Should().Be(ResponseCode.Refused);
        first.Questions.Should().ContainSingle();
    }

    [Fact]
    public async Task NXDOMAIN_is_an_answer()
    {
        using FakeServer first = new(First, 0, (question, _) => FakeServer.Answer(question, ResponseCode.NonexistentDomain));
        using FakeServer second = new(Second, first.Port, (question, _) => FakeServer.Answer(question, 0, "198.51.100.7"));

        (await AskAsync([first, second])).Code.Should().Be(ResponseCode.NonexistentDomain);
    }

    [Fact]
    public async Task A_closed_port_is_followed_by_the_next_server_at_once()
    {
        using FakeServer second = new(Second, 0, (question, _) => FakeServer.Answer(question, 0, "198.51.100.7"));

        byte[]? answer = await new Forwarder(second.Port, TimeSpan.FromSeconds(60), Forwarder.OpenHere).AskAsync(
            Questions.Of("example.org"), [IPAddress.Parse(First), second.Address], prefersTcp: false, CancellationToken.None);

        new Reply(answer).Data.Should().Equal("198.51.100.7");
    }

    [Fact]
    public async Task A_silent_server_is_followed_by_the_next_and_nobody_waits_for_ever()
    {
        using FakeServer first = new(First, 0, (_, _) => null);
        using FakeServer second = new(Second, first.Port, (question, _) => FakeServer.Answer(question, 0, "198.51.100.7"));

        (await AskAsync([first, second])).Data.Should().Equal("198.51.100.7");
        (await new Forwarder(first.Port, TimeSpan.FromMilliseconds(100), Forwarder.OpenHere).AskAsync(
            Questions.Of("example.org"), [first.Address], prefersTcp: false, CancellationToken.None)).Should().BeNull();
    }

    [Fact]
    public async Task A_lost_question_is_asked_again()
    {
        int asked = 0;
        using FakeServer server = new(First, 0, (question, _) => Interlocked.Increment(ref asked) == 1 ? null : FakeServer.Answer(question));

        Reply reply = await AskAsync([server]);

        reply.Code.Should().Be(ResponseCode.NoError);
        server.Questions.Should().HaveCount(2);
    }

    [Fact]
    public async Task An_answer_to_another_question_is_not_believed()
    {
        using FakeServer server = new(First, 0, (question, _) =>
        {
            byte[] other = FakeServer.Answer(question, 0, "203.0.113.66");
            other[13] ^= 1;
            return other;
        });

        byte[]? answer = await new Forwarder(server.Port, TimeSpan.FromMilliseconds(200), Forwarder.OpenHere).AskAsync(
            Questions.Of("example.org"), [server.Address], prefersTcp: false, CancellationToken.None);

        answer.Should().BeNull();
    }

    [Fact]
    public async Task A_cut_answer_is_asked_for_again_by_TCP()
    {
        using FakeServer server = new(
            First, 0, (question, isTcp) => isTcp ? FakeServer.Answer(question, 0, "198.51.100.7", "198.51.100.8") : FakeServer.Cut(question));

        (await AskAsync([server])).Data.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_cut_answer_is_passed_on_where_TCP_brings_nothing()
    {
        using FakeServer server = new(First, 0, (question, isTcp) => isTcp ? [0] : FakeServer.Cut(question));

        (await AskAsync([server])).Has(HeaderFlags.Truncated).Should().BeTrue();
    }

    [Fact]
    public async Task Without_a_server_there_is_no_answer() =>
        (await new Forwarder(53, TimeSpan.FromSeconds(60), Forwarder.OpenHere).AskAsync(
            Questions.Of("example.org"), [], prefersTcp: false, CancellationToken.None)).Should().BeNull();

    private static async Task<Reply> AskAsync(FakeServer[] servers)
    {
        byte[]? answer = await new Forwarder(servers[0].Port, TimeSpan.FromSeconds(3), Forwarder.OpenHere).AskAsync(
            Questions.Of("example.org"), [.. servers.Select(server => server.Address)], prefersTcp: false, CancellationToken.None);
        return new Reply(answer);
    }
}
