using System.Security.Cryptography;

using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>What a container sees of the world and of its peers.</summary>
public sealed class OutboundTests
{
    [Fact]
    public void A_download_from_outside_arrives_whole_and_the_server_sees_the_host()
    {
        using DriverWorld world = new();
        using WebServer outside = WebServer.Start(world.Server, "outside");
        byte[] content = RandomNumberGenerator.GetBytes(5 << 20);
        outside.AddFile("large", content);
        Container container = world.Attach();

        string hash = container.Place.RunOk("curl -sS --fail --noproxy '*' --max-time 20 http://198.51.100.2/large | sha256sum");

        hash.Should().StartWith(Convert.ToHexStringLower(SHA256.HashData(content)));
        outside.WaitForVisit("/large").Client.Should().Be("192.0.2.1");
    }

    [Theory]
    [InlineData("198.51.100.2")]
    [InlineData("192.0.2.1")]
    [InlineData("172.17.0.1")]
    [InlineData("127.0.0.1")]
    public void Ping_is_answered_by_the_server_outside_the_host_and_the_container_itself(string address)
    {
        using DriverWorld world = new();
        Container container = world.Attach();

        string answers = container.Place.RunOk($"ping -c 1 -W 5 {address}");

        answers.Should().Contain("1 received");
    }

    [Fact]
    public async Task UDP_goes_out_and_its_answer_comes_back()
    {
        using DriverWorld world = new();
        using UdpEcho echo = UdpEcho.Start(world.Server);
        Container container = world.Attach();

        string? answer = await container.Place.AskUdpAsync("198.51.100.2:53");

        answer.Should().Be("192.0.2.1 asked who am I");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)] // bridged packets pass the rules for routed ones too
    public void Two_containers_reach_each_other_by_their_true_addresses(int bridgeNetfilter)
    {
        using DriverWorld world = new();
        Container one = world.Attach();
        Container two = world.Attach();
        using WebServer nginxOfOne = one.Serve();
        using WebServer nginxOfTwo = two.Serve();
        BridgeNetfilter.Set(world.Host, bridgeNetfilter);

        one.Place.Curl($"http://{two.Address}/").OrThrow();
        two.Place.Curl($"http://{one.Address}/").OrThrow();

        nginxOfTwo.WaitForVisit("/").Client.Should().Be("172.17.0.2");
        nginxOfOne.WaitForVisit("/").Client.Should().Be("172.17.0.3");
        one.Place.RunOk($"ping -c 1 -W 5 {two.Address}").Should().Contain("1 received");
    }

    [Fact]
    public async Task The_host_reaches_a_container_by_its_address()
    {
        using DriverWorld world = new();
        Container web = world.Attach();
        using WebServer nginx = web.Serve();

        await world.Host.GetAsync($"http://{web.Address}/");

        nginx.WaitForVisit("/").Client.Should().Be("172.17.0.1");
    }
}
