using BridgeNet.Integration.Tests.Stories;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Coexistence;

/// <summary>Debian's dockerd in the same host, with its iptables rules and a port of its own at 9090.</summary>
public sealed class DockerTests
{
    private const string Ours = "http://192.0.2.1:8080/";
    private const string Dockers = "http://192.0.2.1:9090/";

    [Fact]
    public async Task A_published_port_answers_after_the_guides_commands_and_not_before()
    {
        using GuideWorld world = new();
        using DockerDaemon docker = StartDocker(world);
        world.AddNetwork();
        bool wasShut = await world.Server.IsShutOutOfAsync("192.0.2.1:8080");
        string onTheHost = await world.Host.GetAsync(Ours);

        FollowTheGuide(world);

        string outside = await world.Server.GetAsync(Ours);
        (wasShut, onTheHost, outside).Should().Be((true, "ours", "ours"));
    }

    [Fact]
    public async Task Containers_get_out_after_the_guides_commands_and_not_before_and_never_into_Dockers()
    {
        using GuideWorld world = new();
        using DockerDaemon docker = StartDocker(world);
        string theirs = docker.Serve("unpublished", "not for you");
        using BackgroundProcess service = world.Server.ServeTcp("198.51.100.2", 7);
        world.AddNetwork();
        bool wasShut = await world.Container.Place.IsShutOutOfAsync("198.51.100.2:7");

        FollowTheGuide(world);

        wasShut.Should().BeTrue();
        (await world.Container.Place.ReachesAsync("198.51.100.2:7")).Should().BeTrue();
        (await world.Container.Place.GetAsync(Dockers)).Should().Be("docker's", "what Docker publishes is for all");
        (await world.Container.Place.IsShutOutOfAsync($"{theirs}:80")).Should().BeTrue("that is Docker's own container, by its own address");
    }

    [Fact]
    public async Task Dockers_port_and_rules_are_the_same_before_beside_and_after_us()
    {
        using GuideWorld world = new();
        using DockerDaemon docker = StartDocker(world);
        string rules = DockersRules(world);
        string page = await world.Server.GetAsync(Dockers);

        world.AddNetwork();
        string rulesBeside = DockersRules(world);
        string pageBeside = await world.Server.GetAsync(Dockers);
        FollowTheGuide(world);
        string rulesAndRemedy = DockersRules(world);
        string pageAndRemedy = await world.Server.GetAsync(Dockers);
        world.RemoveNetwork();

        string[] pages = [page, pageBeside, pageAndRemedy, await world.Server.GetAsync(Dockers)];
        pages.Should().AllBe("docker's");
        rulesBeside.Should().Be(rules);
        DockersRules(world).Should().Be(rulesAndRemedy);
        rulesAndRemedy.Split('\n').Except(rules.Split('\n'), StringComparer.Ordinal).Should().Equal(
            "-A DOCKER-USER -i br-web -o eth0 -j ACCEPT", "-A DOCKER-USER -o br-web -j ACCEPT");
        rules.Split('\n').Except(rulesAndRemedy.Split('\n'), StringComparer.Ordinal).Should().BeEmpty();
    }

    [Fact]
    public async Task A_restart_of_Docker_leaves_our_rules_and_what_the_guide_said()
    {
        using GuideWorld world = new();
        using DockerDaemon docker = StartDocker(world);
        world.AddNetwork();
        FollowTheGuide(world);
        string rules = world.OurRules();

        docker.Restart();
        docker.WaitUntilServing("web");

        world.OurRules().Should().Be(rules);
        (await world.Server.GetAsync(Ours)).Should().Be("ours");
        (await world.Server.GetAsync(Dockers)).Should().Be("docker's");
    }

    [Fact]
    public async Task Where_forwarding_was_on_before_Docker_came_both_work_as_they_are()
    {
        using GuideWorld world = new();
        world.AddNetwork();

        using DockerDaemon docker = StartDocker(world);

        (await world.Server.GetAsync(Ours)).Should().Be("ours");
        (await world.Server.GetAsync(Dockers)).Should().Be("docker's");
    }

    private static DockerDaemon StartDocker(GuideWorld world)
    {
        DockerDaemon docker = DockerDaemon.Start(world.Host);
        try
        {
            docker.Serve("web", "docker's", "--publish=9090:80");
        }
        catch
        {
            docker.Dispose();
            throw;
        }
        return docker;
    }

    private static void FollowTheGuide(GuideWorld world)
    {
        foreach (string command in Guide.Commands("Docker"))
        {
            world.Host.RunOk(command);
        }
    }

    /// <summary>Without counters and times: what iptables -S prints of each table.</summary>
    private static string DockersRules(GuideWorld world) => world.Host.RunOk("iptables -S; iptables -t nat -S");
}
