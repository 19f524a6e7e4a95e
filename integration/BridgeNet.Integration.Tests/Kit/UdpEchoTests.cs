using System.Net;

using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Kit;

public sealed class UdpEchoTests
{
    [Fact]
    public async Task Each_question_is_answered_with_the_address_that_asked()
    {
        using World world = new();
        using UdpEcho echo = UdpEcho.Start(world.Server);
        IPEndPoint server = new(World.ServerAddress, echo.Port);

        string?[] answers = await Task.WhenAll(UdpEcho.AskAsync(world.Host, server, "one"), UdpEcho.AskAsync(world.Router, server, "two"));

        answers.Should().Equal("192.0.2.1 asked one", "198.51.100.1 asked two");
    }

    [Fact]
    public async Task A_closed_port_gives_no_answer()
    {
        using World world = new();

        string? answer = await UdpEcho.AskAsync(world.Host, new IPEndPoint(World.ServerAddress, 53), "anyone?");

        answer.Should().BeNull();
    }
}
