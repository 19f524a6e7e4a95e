using BridgeNet.Integration.Tests.Stories;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Coexistence;

/// <summary>Both in one host, and Docker knows of firewalld: at each reload it writes its rules anew, in its own time.</summary>
public sealed class DockerAndFirewalldTests
{
    [Fact]
    public async Task All_three_work_after_the_guides_commands_and_again_after_a_reload()
    {
        using GuideWorld world = new();
        using Firewalld firewalld = Firewalld.Start(world.Host);
        using DockerDaemon docker = DockerDaemon.Start(world.Host, firewalld: firewalld);
        docker.Serve("web", "docker's", "--publish=9090:80");
        using BackgroundProcess outside = world.Server.ServeTcp("198.51.100.2", 7);
        world.AddNetwork();
        bool wasShut = await world.Server.IsShutOutOfAsync("192.0.2.1:8080");
        foreach (string command in Guide.Commands("firewalld").Concat(Guide.Commands("Docker and firewalld")))
        {
            firewalld.RunOk(command);
            WaitForDockersRules(world, docker);
        }
        string rules = world.OurRules();

        firewalld.RunOk("firewall-cmd --reload");

        WaitForDockersRules(world, docker);
        wasShut.Should().BeTrue();
        world.OurRules().Should().Be(rules);
        (await world.Server.GetAsync("http://192.0.2.1:8080/")).Should().Be("ours");
        (await world.Server.GetAsync("http://192.0.2.1:9090/")).Should().Be("docker's");
        (await world.Container.Place.ReachesAsync("198.51.100.2:7")).Should().BeTrue();
    }

    /// <summary>The jump to the users' chain is what Docker writes last, but for its ports.</summary>
    private static void WaitForDockersRules(GuideWorld world, DockerDaemon docker) => Eventually.Until(
        () => world.Host.RunOk("iptables -S FORWARD").Contains("-j DOCKER-USER", StringComparison.Ordinal)
            && world.Host.RunOk("iptables -t nat -S").Contains("--dport 9090 -j DNAT", StringComparison.Ordinal),
        Eventually.Soon,
        () => $"Docker's rules are there again: {docker}");
}
