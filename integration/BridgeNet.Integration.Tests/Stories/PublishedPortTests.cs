using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>nginx in a container, published, and who gets its page.</summary>
public sealed class PublishedPortTests
{
    [Theory]
    [InlineData("localhost", "172.17.0.1")] // 127.0.0.1 means nothing to the container, so it sees the bridge
    [InlineData("127.0.0.1", "172.17.0.1")]
    [InlineData("127.8.8.8", "172.17.0.1")]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("172.17.0.1", "172.17.0.1")]
    public async Task The_hosts_own_programs_get_the_page_at_every_address_of_the_host(string address, string seenAs)
    {
        using DriverWorld world = new();
        using WebServer nginx = world.Attach("8080:80").Serve("inside");

        string page = await world.Host.GetAsync($"http://{address}:8080/");

        page.Should().Be("inside");
        nginx.WaitForVisit("/").Client.Should().Be(seenAs);
    }

    [Fact]
    public async Task People_outside_get_the_page_and_are_seen_by_their_true_addresses()
    {
        using DriverWorld world = new();
        using WebServer nginx = world.Attach("8080:80").Serve();
        nginx.AddFile("router", []);

        await world.Server.GetAsync("http://192.0.2.1:8080/");
        await world.Router.GetAsync("http://192.0.2.1:8080/router");

        nginx.WaitForVisit("/").Client.Should().Be("198.51.100.2");
        nginx.WaitForVisit("/router").Client.Should().Be("192.0.2.254");
    }

    [Theory]
    [InlineData("192.0.2.1", 0)]
    [InlineData("172.17.0.1", 0)]
    [InlineData("192.0.2.1", 1)]
    [InlineData("172.17.0.1", 1)]
    public void A_container_reaches_itself_through_its_own_published_port(string host, int bridgeNetfilter)
    {
        using DriverWorld world = new();
        Container web = world.Attach("8080:80");
        using WebServer nginx = web.Serve("myself");
        BridgeNetfilter.Set(world.Host, bridgeNetfilter);

        string page = web.Place.Curl($"http://{host}:8080/").OrThrow().Output;

        page.Should().Be("myself");
    }

    [Theory]
    [InlineData("192.0.2.1", 0)]
    [InlineData("172.17.0.1", 0)]
    [InlineData("192.0.2.1", 1)] // bridged packets pass the rules for routed ones too, as on a host with Kubernetes
    public void A_peer_reaches_it_by_the_hosts_address(string host, int bridgeNetfilter)
    {
        using DriverWorld world = new();
        using WebServer nginx = world.Attach("8080:80").Serve("peer");
        Container peer = world.Attach();
        BridgeNetfilter.Set(world.Host, bridgeNetfilter);

        string page = peer.Place.Curl($"http://{host}:8080/").OrThrow().Output;

        page.Should().Be("peer");
    }

    [Fact]
    public async Task A_port_published_at_127_0_0_1_answers_at_localhost_alone()
    {
        using DriverWorld world = new();
        using WebServer nginx = world.Attach("127.0.0.1:8080:80").Serve("for you only");
        Container peer = world.Attach();

        string page = await world.Host.GetAsync("http://localhost:8080/");

        page.Should().Be("for you only");
        (await world.Host.IsShutOutOfAsync("192.0.2.1:8080")).Should().BeTrue();
        (await world.Host.IsShutOutOfAsync("172.17.0.1:8080")).Should().BeTrue();
        (await world.Server.IsShutOutOfAsync("192.0.2.1:8080")).Should().BeTrue();
        (await peer.Place.IsShutOutOfAsync("172.17.0.1:8080")).Should().BeTrue();
    }

    [Fact]
    public async Task A_port_published_at_one_address_answers_there_alone()
    {
        using DriverWorld world = new();
        world.Host.RunOk("ip addr add 192.0.2.9/24 dev eth0");
        Container web = world.Attach("192.0.2.9:8080:80");
        using WebServer nginx = web.Serve("here");

        string page = await world.Server.GetAsync("http://192.0.2.9:8080/");

        page.Should().Be("here");
        (await world.Host.ReachesAsync("192.0.2.9:8080")).Should().BeTrue();
        (await web.Place.ReachesAsync("192.0.2.9:8080")).Should().BeTrue();
        (await world.Router.IsShutOutOfAsync("192.0.2.1:8080")).Should().BeTrue();
        (await world.Host.IsShutOutOfAsync("127.0.0.1:8080")).Should().BeTrue();
        (await world.Host.IsShutOutOfAsync("172.17.0.1:8080")).Should().BeTrue();
    }

    [Fact]
    public async Task One_port_at_two_addresses_leads_to_two_containers()
    {
        using DriverWorld world = new();
        using WebServer one = world.Attach("127.0.0.1:8080:80").Serve("local");
        using WebServer two = world.Attach("192.0.2.1:8080:80").Serve("public");

        string atLocalhost = await world.Host.GetAsync("http://127.0.0.1:8080/");
        string outside = await world.Server.GetAsync("http://192.0.2.1:8080/");

        (atLocalhost, outside).Should().Be(("local", "public"));
    }

    [Fact]
    public async Task UDP_is_published_to_outside_localhost_and_the_container_itself()
    {
        using DriverWorld world = new();
        Container dns = world.Attach("5353:53/udp");
        using UdpEcho echo = UdpEcho.Start(dns.Place);

        string?[] answers =
        [
            await world.Server.AskUdpAsync("192.0.2.1:5353"),
            await world.Host.AskUdpAsync("127.0.0.1:5353"),
            await world.Host.AskUdpAsync("192.0.2.1:5353"),
            await dns.Place.AskUdpAsync("192.0.2.1:5353"),
        ];

        answers.Should().Equal(
            "198.51.100.2 asked who am I", "172.17.0.1 asked who am I", "192.0.2.1 asked who am I", "172.17.0.1 asked who am I");
    }

    [Fact]
    public async Task A_port_of_TCP_is_not_one_of_UDP()
    {
        using DriverWorld world = new();
        Container dns = world.Attach("5353:53/tcp");
        using UdpEcho echo = UdpEcho.Start(dns.Place);

        string? answer = await world.Server.AskUdpAsync("192.0.2.1:5353", Asking.Briefly);

        answer.Should().BeNull();
    }

    [Fact]
    public async Task A_range_leads_port_by_port()
    {
        using DriverWorld world = new();
        Container pair = world.Attach("9000-9001:80-81");
        using WebServer first = pair.Serve("first");
        using WebServer second = WebServer.Start(pair.Place, "second", port: 81);

        string atFirst = await world.Server.GetAsync("http://192.0.2.1:9000/");
        string atSecond = await world.Host.GetAsync("http://localhost:9001/");

        (atFirst, atSecond).Should().Be(("first", "second"));
    }

    [Fact]
    public async Task A_port_that_nobody_chose_is_chosen_and_answers()
    {
        using DriverWorld world = new();
        Container web = world.Attach("80");
        using WebServer nginx = web.Serve("anywhere");

        string page = await world.Server.GetAsync($"http://192.0.2.1:{web.Endpoint.Ports.Single().HostPort}/");

        page.Should().Be("anywhere");
    }

    [Fact]
    public async Task Two_hosts_side_by_side_publish_the_same_port()
    {
        using DriverWorld one = new();
        using DriverWorld two = new();
        using WebServer nginxOfOne = one.Attach("8080:80").Serve("one");
        using WebServer nginxOfTwo = two.Attach("8080:80").Serve("two");

        string[] pages = await Task.WhenAll(one.Host.GetAsync("http://localhost:8080/"), two.Host.GetAsync("http://localhost:8080/"));

        pages.Should().Equal("one", "two");
    }
}
