using System.Net;

using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Kit;

public sealed class WebServerTests
{
    [Fact]
    public async Task A_plain_client_and_curl_get_the_same_page()
    {
        using World world = new();
        using WebServer web = WebServer.Start(world.Server, "<h1>hello</h1>", port: 8080);
        using HttpClient client = HttpFrom.Client(world.Server);
        string url = $"http://localhost:{web.Port}/";

        string page = await client.GetStringAsync(url);
        string page6 = await client.GetStringAsync("http://[::1]:8080/");

        page.Should().Be("<h1>hello</h1>");
        page6.Should().Be(page);
        world.Server.Curl(url).OrThrow().Output.Should().Be(page);
    }

    [Fact]
    public void A_large_file_arrives_whole()
    {
        using World world = new();
        using WebServer web = WebServer.Start(world.Server, "");
        using Scratch scratch = new();
        byte[] content = [.. Enumerable.Range(0, 8 << 20).Select(i => (byte)(i * 31 >> 7))];
        web.AddFile("large", content);

        world.Host.Curl($"http://{World.ServerAddress}/large", "-o", scratch.At("large")).OrThrow();

        File.ReadAllBytes(scratch.At("large")).AsSpan().SequenceEqual(content).Should().BeTrue();
    }

    [Fact]
    public void A_page_that_is_not_there_is_an_error_and_in_the_log()
    {
        using World world = new();
        using WebServer web = WebServer.Start(world.Server, "");

        CommandResult result = world.Host.Curl($"http://{World.ServerAddress}/nothing");

        result.ExitCode.Should().Be(22, "curl says so of a status of 400 and above: {0}", result);
        web.WaitForVisit("/nothing").Status.Should().Be(404);
    }

    [Fact]
    public async Task A_client_in_another_namespace_finds_no_server()
    {
        using World world = new();
        using WebServer web = WebServer.Start(world.Server, "");

        Func<Task> get = async () =>
        {
            using HttpClient client = HttpFrom.Client(world.Host);
            await client.GetStringAsync("http://localhost/");
        };

        await get.Should().ThrowAsync<HttpRequestException>();
    }

    [Fact]
    public async Task A_connection_attempt_tells_an_open_port_from_a_closed_one()
    {
        using World world = new();
        using WebServer web = WebServer.Start(world.Server, "");

        bool open = await world.Host.CanConnectAsync(new IPEndPoint(World.ServerAddress, 80), Eventually.Soon);
        bool closed = await world.Host.CanConnectAsync(new IPEndPoint(World.ServerAddress, 81), Eventually.Soon);

        (open, closed).Should().Be((true, false));
    }

    [Fact]
    public void A_server_that_cannot_start_says_why()
    {
        using World world = new();
        using WebServer first = WebServer.Start(world.Server, "");

        Action second = () => WebServer.Start(world.Server, "");

        second.Should().Throw<CommandFailedException>().WithMessage("*nginx*Address already in use*");
    }
}
