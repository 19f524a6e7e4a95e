using System.Runtime.CompilerServices;

using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Docker;

/// <summary>The example integration/samples/compose, as its reader uses it: docker compose up and down.</summary>
public sealed class ComposeTests
{
    [Fact]
    public void Its_services_find_each_other_on_both_networks_and_down_leaves_nothing()
    {
        using PluginWorld world = new(DockerGeneration.Later);
        world.Docker.ImportBusybox();
        string file = world.Docker.At("compose.yaml");
        File.Copy(FindExample(), file);
        string links = Links(world);

        Compose("up", "--detach");

        Eventually.Until(() => world.Router.Curl("http://192.0.2.1:8080/").ExitCode == 0, "the site is served");
        world.Router.Curl("http://192.0.2.1:8080/").Output.Trim().Should().Be("the site");
        Page("site", "http://cache/").Should().Be("the cache", "they share the front network");
        Page("site", "http://store/").Should().Be("the store", "they share the back network");
        Page("site", "http://database/").Should().Be("the store", "it is an alias");
        Page("store", "http://site/").Should().Be("the site");
        Compose("exec", "--no-TTY", "store", "ip", "route").Should().NotContain("default", "the back network has no way out");
        Compose("exec", "--no-TTY", "cache", "cat", "/sys/class/net/eth0/mtu").Should().Be("1400");
        Compose("down", "--timeout", "0");
        world.Endpoints.Should().BeEmpty();
        world.BridgeNetOk("network", "ls", "-q").Trim().Should().BeEmpty();
        Links(world).Should().Be(links);
        world.Host.RunOk("nft list tables").Split('\n').Should().NotContain("table inet bridgenet");

        string Compose(params string[] arguments) => world.RunOk(["compose", "--project-name=example", "--file", file, .. arguments]);

        string Page(string service, string url)
        {
            string[] get = ["compose", "--project-name=example", "--file", file, "exec", "--no-TTY", service, "wget", "-q", "-O", "-", url];
            Eventually.Until(() => world.Docker.Run(get).ExitCode == 0, $"{service} gets {url}");
            return world.RunOk(get);
        }
    }

    private static string Links(PluginWorld world) => world.Host.RunOk("ip -br link | cut -d' ' -f1");

    private static string FindExample([CallerFilePath] string caller = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(caller)!, "../../samples/compose/compose.yaml"));
}
