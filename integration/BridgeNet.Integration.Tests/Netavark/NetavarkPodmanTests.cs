using BridgeNet.Integration.Tests.Binary;
using BridgeNet.Integration.Tests.Stories;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Netavark;

/// <summary>
/// Debian 12's podman 4.3, which comes with netavark 1.4 and names no driver: ours in its place writes nftables' rules, where netavark 1.4 writes
/// those of iptables.
/// </summary>
public sealed class NetavarkPodmanTests
{
    [Fact]
    public async Task An_older_podman_runs_a_web_server_on_two_networks_reloads_it_and_leaves_nothing()
    {
        using World world = new();
        using Scratch helpers = new();
        PutIn(helpers, "netavark", BinaryWorld.Path);
        PutIn(helpers, "aardvark-dns", BinaryWorld.Path);
        using Podman podman = Podman.StartWithNetavark(world.Host, helpers.Path);
        string links = LinksOf(world);
        podman.RunOk("network", "create", "net1");
        podman.RunOk("network", "create", "net2");

        podman.Serve("web", "--network", "net1,net2", "--publish", "8080:80");
        string first = await world.Server.GetOnceServedAsync("http://192.0.2.1:8080/");
        podman.Serve("other", "--network", "net2");
        string rules = Rules(world);
        string name = podman.RunOk("exec", "other", "/bin/busybox", "nslookup", "web");
        podman.RunOk("network", "disconnect", "net1", "web");
        podman.RunOk("network", "connect", "net1", "web");
        world.Host.RunOk("nft flush ruleset");
        podman.RunOk("network", "reload", "--all");
        string again = await world.Server.GetOnceServedAsync("http://192.0.2.1:8080/");
        podman.RunOk("restart", "--time", "0", "web");
        string restarted = await world.Server.GetOnceServedAsync("http://192.0.2.1:8080/");
        podman.RunOk("rm", "--force", "--time", "0", "web", "other");

        new[] { first, again, restarted }.Should().AllBe("hello");
        name.Should().Contain("10.89.");
        rules.Should().Contain("tcp dport 8080 jump nv_", "the rules are those of ours").And.NotContain("dnat name");
        LinksOf(world).Should().Be(links);
        Rules(world).Should().NotContainAny("10.89.", "nv_", "dnat name");
    }

    [Fact]
    public async Task A_container_of_netavark_1_4_is_reloaded_and_removed_by_ours()
    {
        using World world = new();
        using Scratch helpers = new();
        PutIn(helpers, "netavark", "/usr/lib/podman/netavark");
        using Podman podman = Podman.StartWithNetavark(world.Host, helpers.Path);
        string links = LinksOf(world);
        podman.Serve("web", "--publish", "8080:80");
        podman.Serve("other", "--publish", "8081:80");
        Rules(world).Should().Contain("NETAVARK-DN-");

        PutIn(helpers, "netavark", BinaryWorld.Path);
        podman.RunOk("network", "reload", "web");
        string reloaded = await world.Server.GetOnceServedAsync("http://192.0.2.1:8080/");
        string rules = Rules(world);
        string untouched = await world.Server.GetOnceServedAsync("http://192.0.2.1:8081/");
        podman.RunOk("rm", "--force", "--time", "0", "web");
        string left = await world.Server.GetOnceServedAsync("http://192.0.2.1:8081/");
        podman.RunOk("rm", "--force", "--time", "0", "other");

        new[] { reloaded, untouched, left }.Should().AllBe("hello");
        rules.Should().Contain("tcp dport 8080 jump nv_", "the reload moves them").And.NotContain("--dport 8080");
        LinksOf(world).Should().Be(links);
        Rules(world).Should().NotContainAny("10.88.", "nv_", "dnat name", "NETAVARK-DN-");
    }

    private static void PutIn(Scratch helpers, string name, string program)
    {
        string link = helpers.At(name);
        File.Delete(link);
        File.CreateSymbolicLink(link, program);
    }

    private static string LinksOf(World world) => world.Host.RunOk("ip -br link | cut -d' ' -f1 | cut -d@ -f1 | sort");

    private static string Rules(World world) => world.Host.RunOk("nft list ruleset; iptables-save; ip6tables-save");
}
