using BridgeNet.Integration.Tests.Stories;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Coexistence;

/// <summary>Debian's firewalld in the same host: a service of the host's own at 7000 is let in, one at 7001 is not.</summary>
public sealed class FirewalldTests
{
    private const string Ours = "http://192.0.2.1:8080/";

    private static readonly IReadOnlyList<string> s_policy = Guide.Commands("firewalld");
    private static readonly IReadOnlyList<string> s_trusted = Guide.Commands("firewalld", block: 1);

    [Fact]
    public async Task A_published_port_answers_before_and_after_the_guides_commands()
    {
        using GuideWorld world = new();
        using Firewalld firewalld = StartFirewalld(world);
        world.AddNetwork();
        string before = await world.Server.GetAsync(Ours);

        Follow(firewalld, s_policy);

        string[] pages =
            [before, await world.Server.GetAsync(Ours), await world.Host.GetAsync(Ours), await world.Host.GetAsync("http://10.210.0.2/")];
        pages.Should().AllBe("ours");
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Containers_get_out_after_the_guides_commands_and_before_only_if_eth0_is_in_their_zone_by_name(bool byName, bool trusted)
    {
        using GuideWorld world = new();
        using Firewalld firewalld = StartFirewalld(world);
        if (byName)
        {
            // as NetworkManager does; by default eth0 is in no zone, and public is for those
            firewalld.RunOk("firewall-cmd --zone=public --add-interface=eth0");
        }
        using BackgroundProcess outside = world.Server.ServeTcp("198.51.100.2", 7);
        using BackgroundProcess closed = world.Host.ServeTcp("0.0.0.0", 7001);
        world.AddNetwork();
        bool gotOut = await world.Container.Place.ReachesAsync("198.51.100.2:7", Asking.Patience(byName));

        Follow(firewalld, trusted ? s_trusted : s_policy);

        gotOut.Should().Be(byName);
        (await world.Container.Place.ReachesAsync("198.51.100.2:7")).Should().BeTrue();
        (await world.Container.Place.ReachesAsync("192.0.2.1:7001", Asking.Patience(trusted))).Should().Be(trusted, "it is the host's own service");
        (await world.Server.IsShutOutOfAsync("192.0.2.1:7001")).Should().BeTrue();
    }

    [Fact]
    public async Task Firewallds_port_and_rules_are_the_same_before_beside_and_after_us()
    {
        using GuideWorld world = new();
        using Firewalld firewalld = StartFirewalld(world);
        using BackgroundProcess opened = world.Host.ServeTcp("0.0.0.0", 7000);
        string rules = FirewalldsRules(world);
        bool reached = await world.Server.ReachesAsync("192.0.2.1:7000");

        world.AddNetwork();
        string rulesBeside = FirewalldsRules(world);
        bool reachedBeside = await world.Server.ReachesAsync("192.0.2.1:7000");
        Follow(firewalld, s_trusted);
        string rulesAndRemedy = FirewalldsRules(world);
        bool reachedAndRemedy = await world.Server.ReachesAsync("192.0.2.1:7000");
        world.RemoveNetwork();

        bool[] all = [reached, reachedBeside, reachedAndRemedy, await world.Server.ReachesAsync("192.0.2.1:7000")];
        all.Should().AllBeEquivalentTo(true);
        rulesBeside.Should().Be(rules);
        FirewalldsRules(world).Should().Be(rulesAndRemedy);
        rules.Split('\n').Except(rulesAndRemedy.Split('\n'), StringComparer.Ordinal).Should().BeEmpty("the remedy only adds");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reload_or_restart_of_firewalld_leaves_our_rules_and_what_the_guide_said(bool restart)
    {
        using GuideWorld world = new();
        using Firewalld firewalld = StartFirewalld(world);
        using BackgroundProcess outside = world.Server.ServeTcp("198.51.100.2", 7);
        using BackgroundProcess opened = world.Host.ServeTcp("0.0.0.0", 7000);
        world.AddNetwork();
        Follow(firewalld, s_policy);
        string rules = world.OurRules();

        if (restart)
        {
            firewalld.Restart();
        }
        else
        {
            firewalld.RunOk("firewall-cmd --reload");
        }

        world.OurRules().Should().Be(rules);
        (await world.Server.GetAsync(Ours)).Should().Be("ours");
        (await world.Container.Place.ReachesAsync("198.51.100.2:7")).Should().BeTrue();
        (await world.Server.ReachesAsync("192.0.2.1:7000")).Should().BeTrue();
    }

    private static Firewalld StartFirewalld(GuideWorld world)
    {
        Firewalld firewalld = Firewalld.Start(world.Host);
        try
        {
            firewalld.RunOk("firewall-cmd --zone=public --add-port=7000/tcp --permanent && firewall-cmd --reload");
        }
        catch
        {
            firewalld.Dispose();
            throw;
        }
        return firewalld;
    }

    private static void Follow(Firewalld firewalld, IReadOnlyList<string> commands)
    {
        foreach (string command in commands)
        {
            firewalld.RunOk(command);
        }
    }

    private static string FirewalldsRules(GuideWorld world) => world.Host.RunOk("nft list table inet firewalld");
}
