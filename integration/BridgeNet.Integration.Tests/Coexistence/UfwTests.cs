using BridgeNet.Integration.Tests.Stories;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Coexistence;

/// <summary>Debian's ufw in the same host: a service of the host's own at 7000 is let in, one at 7001 is not.</summary>
public sealed class UfwTests
{
    [Fact]
    public async Task A_published_port_answers_and_containers_get_out_after_the_guides_commands_and_not_before()
    {
        using GuideWorld world = new();
        using Ufw ufw = StartUfw(world);
        using BackgroundProcess outside = world.Server.ServeTcp("198.51.100.2", 7);
        world.AddNetwork();
        bool[] before = [await world.Server.IsShutOutOfAsync("192.0.2.1:8080"), await world.Container.Place.IsShutOutOfAsync("198.51.100.2:7")];

        FollowTheGuide(ufw);

        before.Should().Equal(true, true);
        (await world.Server.GetAsync("http://192.0.2.1:8080/")).Should().Be("ours");
        (await world.Container.Place.ReachesAsync("198.51.100.2:7")).Should().BeTrue();
    }

    [Fact]
    public async Task Ufws_port_and_rules_are_the_same_before_beside_and_after_us()
    {
        using GuideWorld world = new();
        using Ufw ufw = StartUfw(world);
        using BackgroundProcess opened = world.Host.ServeTcp("0.0.0.0", 7000);
        using BackgroundProcess closed = world.Host.ServeTcp("0.0.0.0", 7001);
        FollowTheGuide(ufw);
        string rules = world.Host.RunOk("iptables -S");
        (bool Opened, bool Shut) before = await AskAsync(world);

        world.AddNetwork();
        string rulesBeside = world.Host.RunOk("iptables -S");
        (bool Opened, bool Shut) beside = await AskAsync(world);
        world.RemoveNetwork();

        rulesBeside.Should().Be(rules);
        world.Host.RunOk("iptables -S").Should().Be(rules);
        new[] { before, beside, await AskAsync(world) }.Should().AllBeEquivalentTo((true, true));
    }

    [Fact]
    public async Task A_reload_of_ufw_leaves_our_rules_and_what_the_guide_said()
    {
        using GuideWorld world = new();
        using Ufw ufw = StartUfw(world);
        world.AddNetwork();
        FollowTheGuide(ufw);
        string rules = world.OurRules();

        ufw.RunOk("ufw reload");

        world.OurRules().Should().Be(rules);
        (await world.Server.GetAsync("http://192.0.2.1:8080/")).Should().Be("ours");
    }

    private static Ufw StartUfw(GuideWorld world)
    {
        Ufw ufw = Ufw.Start(world.Host);
        ufw.RunOk("ufw allow 7000/tcp");
        return ufw;
    }

    private static void FollowTheGuide(Ufw ufw)
    {
        foreach (string command in Guide.Commands("ufw"))
        {
            ufw.RunOk(command);
        }
    }

    private static async Task<(bool Opened, bool Shut)> AskAsync(GuideWorld world) =>
        (await world.Server.ReachesAsync("192.0.2.1:7000"), await world.Server.IsShutOutOfAsync("192.0.2.1:7001"));
}
