using System.Net.Sockets;

using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Kit;

public sealed class WorldTests
{
    [Theory]
    [InlineData("198.51.100.2")]
    [InlineData("2001:db8:2::2")]
    public void The_host_reaches_the_server_through_the_router(string server)
    {
        using World world = new();

        string answers = world.Host.RunOk($"ping -c 1 -W 5 {server}");

        answers.Should().Contain("1 received").And.Contain("ttl=63", "the router is one step");
    }

    [Fact]
    public async Task The_server_sees_the_hosts_own_address()
    {
        using World world = new();
        using WebServer web = WebServer.Start(world.Server, "outside");
        using HttpClient client = HttpFrom.Client(world.Host);

        string page = await client.GetStringAsync($"http://{World.ServerAddress}/");

        page.Should().Be("outside");
        web.WaitForVisit("/").Should().Be(new WebVisit("192.0.2.1", "/", 200));
    }

    [Fact]
    public void The_server_has_no_route_to_an_address_behind_the_host()
    {
        using World world = new();
        world.Host.RunOk("ip addr add 172.17.0.2/32 dev lo");

        CommandResult stranger = world.Host.Run("ping -c 1 -W 0.3 -I 172.17.0.2 198.51.100.2");
        CommandResult host = world.Host.Run("ping -c 1 -W 5 -I 192.0.2.1 198.51.100.2");

        stranger.ExitCode.Should().Be(1, "ping says 1 for no answer: {0}", stranger);
        stranger.Output.Should().Contain("0 received");
        host.ExitCode.Should().Be(0, "{0}", host);
    }

    [Fact]
    public async Task Two_worlds_with_the_same_addresses_stand_side_by_side()
    {
        using World one = new();
        using World two = new();
        using WebServer webOfOne = WebServer.Start(one.Server, "one");
        using WebServer webOfTwo = WebServer.Start(two.Server, "two");
        using HttpClient clientOfOne = HttpFrom.Client(one.Host);
        using HttpClient clientOfTwo = HttpFrom.Client(two.Host);
        string url = $"http://{World.ServerAddress}/";

        string[] pages = await Task.WhenAll(clientOfOne.GetStringAsync(url), clientOfTwo.GetStringAsync(url));

        pages.Should().Equal("one", "two");
    }

    [Fact]
    public void The_kernel_settings_of_a_world_are_those_that_tests_depend_on()
    {
        using World world = new();

        world.Host.ReadSysctl("net.ipv4.ip_forward").Should().Be("0", "to forward is the driver's part");
        world.Router.ReadSysctl("net.ipv4.ip_forward").Should().Be("1");
        world.Router.ReadSysctl("net.ipv6.conf.all.forwarding").Should().Be("1");
        world.Host.ReadSysctl("net.ipv4.conf.all.rp_filter").Should().Be("0");
        world.Host.ReadSysctl("net.ipv4.conf.eth0.rp_filter").Should().Be("0");
        world.Host.ReadSysctl("net.ipv4.conf.default.route_localnet").Should().Be("0");
    }

    [Fact]
    public void A_container_is_as_empty_as_a_runtime_makes_it()
    {
        using World world = new(containers: 2);

        Netns third = world.AddContainer();

        world.Containers.Should().HaveCount(3).And.Contain(third);
        foreach (Netns container in world.Containers)
        {
            container.Ip("addr").EnumerateArray().Should().ContainSingle();
            container.Ip("addr show lo")[0].GetProperty("addr_info").EnumerateArray().Should().BeEmpty("lo is down");
        }
    }

    [Fact]
    public void Dispose_leaves_no_namespace_no_process_and_no_file()
    {
        World world = new(containers: 1);
        BackgroundProcess[] processes = [.. world.All.Select(member => member.Start("socat", "TCP-LISTEN:7,fork", "PIPE"))];
        processes[0].Until(() => world.Host.Listens(ProtocolType.Tcp, 7), "socat listens");
        BackgroundProcess escaped = world.Containers[0].Start("sh", "-c", "setsid sh -c 'exec cat < /dev/zero > /dev/null' & echo $!; wait");
        escaped.Until(() => escaped.Output.EndsWith('\n'), "the child's id");
        int child = int.Parse(escaped.Output);

        world.Dispose();

        Directory.GetFileSystemEntries("/run/netns", $"{world.Prefix}*").Should().BeEmpty();
        processes.Select(process => process.Id).Append(escaped.Id).Append(child).Should().NotContain(id => IsRunning(id));
        Directory.Exists(world.StateDirectory).Should().BeFalse();
    }

    [Fact]
    public void Dispose_twice_is_fine()
    {
        World world = new();

        world.Dispose();

        world.Invoking(it => it.Dispose()).Should().NotThrow();
    }

    /// <summary>A zombie whose parent has yet to ask for it does not run.</summary>
    private static bool IsRunning(int id)
    {
        try
        {
            return !File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1].StartsWith('Z');
        }
        catch (IOException)
        {
            return false;
        }
    }
}
