using BridgeNet.Integration.Tests.Stories;
using BridgeNet.Netlink;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Coexistence;

/// <summary>The rules of their own that docs/firewall.md gives people as examples.</summary>
public sealed class OwnRulesTests
{
    private static readonly NetworkDefinition s_web = DriverWorld.Backend with { Device = InterfaceName.Parse("br-web") };

    [Fact]
    public void A_published_port_is_for_some_alone()
    {
        using DriverWorld world = new(s_web);
        using WebServer nginx = world.Attach("8080:80").Serve();
        world.Router.RunOk("ip addr add 10.1.1.1/32 dev lo");
        bool before = Answers(world.Router, "192.0.2.254");

        Load(world, "A published port for some");

        before.Should().BeTrue();
        Answers(world.Router, "10.1.1.1").Should().BeTrue();
        Answers(world.Router, "192.0.2.254", seconds: 1).Should().BeFalse();
    }

    [Fact]
    public async Task Containers_reach_what_is_allowed_and_nothing_else_and_are_reached_as_before()
    {
        using DriverWorld world = new(s_web);
        Container web = world.Attach("8080:80");
        using WebServer nginx = web.Serve();
        Container peer = world.Attach();
        using WebServer allowed = WebServer.Start(world.Server, "");
        using WebServer otherPort = WebServer.Start(world.Server, "", port: 81);
        using WebServer otherPlace = WebServer.Start(world.Router, "");
        bool before = await peer.Place.ReachesAsync("192.0.2.254:80");

        Load(world, "What containers may reach");

        before.Should().BeTrue();
        (await peer.Place.ReachesAsync("198.51.100.2:80")).Should().BeTrue();
        (await peer.Place.IsShutOutOfAsync("198.51.100.2:81")).Should().BeTrue();
        (await peer.Place.IsShutOutOfAsync("192.0.2.254:80")).Should().BeTrue();
        (await peer.Place.ReachesAsync($"{web.Address}:80")).Should().BeTrue();
        (await world.Server.ReachesAsync("192.0.2.1:8080")).Should().BeTrue();
    }

    private static bool Answers(Netns client, string source, int seconds = 10) =>
        client.Run($"curl -sS --fail --noproxy '*' --max-time {seconds} --interface {source} http://192.0.2.1:8080/").ExitCode == 0;

    private static void Load(DriverWorld world, string heading) =>
        world.Host.Run("sh", "-c", "printf %s \"$1\" | nft -f -", "sh", Guide.Table(heading)).OrThrow();
}
