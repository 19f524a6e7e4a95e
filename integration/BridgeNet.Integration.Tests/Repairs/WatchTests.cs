using BridgeNet.Integration.Tests.Binary;
using BridgeNet.Integration.Tests.Stories;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Repairs;

/// <summary>Somebody takes things away while <c>driver.WatchAsync()</c> looks on.</summary>
public sealed class WatchTests
{
    private const int Flushes = 20;

    [Fact]
    public async Task Twenty_flushes_of_the_ruleset_break_neither_a_download_nor_a_published_port()
    {
        using DriverWorld world = new();
        Container web = world.Attach("8080:80");
        using WebServer nginx = web.Serve("published");
        using Watcher watcher = new(world.Driver);
        Eventually.Until(() => world.Host.RunOk("nft list tables").Contains("bridgenet_standby", StringComparison.Ordinal), "the watcher stands by");
        await using EndlessDownload download = await EndlessDownload.StartAsync(world.Server, World.ServerAddress, web.Place);

        for (int flush = 0; flush < Flushes; flush++)
        {
            world.Host.RunOk("nft flush ruleset");
            long before = download.Received;
            Eventually.Until(() => IsPublished(world), "the published port answers");
            Eventually.Until(
                () =>
                {
                    download.ThrowIfBroken();
                    return download.Received > before + 100_000;
                },
                "the download goes on");
            Eventually.Until(
                () => world.Host.RunOk("nft list tables").Contains("table inet bridgenet\n", StringComparison.Ordinal), "the rules are back");
        }

        Eventually.Until( // the report follows the rules
            () => watcher.Reports.SelectMany(report => report.Restored.Lines()).Count(
                line => line.StartsWith("table inet bridgenet: it was gone", StringComparison.Ordinal)) == Flushes,
            "the watcher tells of each flush");
        watcher.Reports.SelectMany(report => report.BeyondRepair.Lines()).Should().BeEmpty();
        world.Host.RunOk("nft list table inet bridgenet_standby").Should().Contain("flags owner");
    }

    [Theory]
    [InlineData("ip link del docker0")]
    [InlineData("ip link del VETH")]
    [InlineData("ip addr del 172.17.0.1/16 dev docker0")]
    [InlineData("ip link set VETH nomaster")]
    [InlineData("nft delete table inet bridgenet")]
    [InlineData("nft flush map inet bridgenet publish_any4")]
    [InlineData("nft flush chain inet bridgenet published")]
    [InlineData("sysctl -w net.ipv4.ip_forward=0")]
    [InlineData("sysctl -w net.ipv4.conf.docker0.forwarding=0")]
    [InlineData("ip route del 172.17.0.0/16 dev docker0")]
    public void Traffic_comes_back_after(string damage)
    {
        using DriverWorld world = new();
        Container web = world.Attach("8080:80");
        using WebServer nginx = web.Serve("published");
        using Watcher watcher = new(world.Driver);
        Eventually.Until(() => world.Host.RunOk("nft list tables").Contains("bridgenet_standby", StringComparison.Ordinal), "the watcher stands by");
        Eventually.Until(() => IsPublished(world), "the published port answers at first");

        world.Host.RunOk(damage.Replace("VETH", web.Endpoint.HostInterfaceName.ToString(), StringComparison.Ordinal));

        Eventually.Until(() => watcher.Reports.Count > 0, "the watcher repairs");
        Eventually.Until(() => IsPublished(world), "the published port answers");
        web.Place.RunOk("ping -c 1 -W 5 198.51.100.2");
    }

    [Theory]
    [InlineData("ip addr flush dev eth0")]
    [InlineData("ip link set eth0 down")]
    public void What_happens_inside_a_container_is_heard_too(string damage)
    {
        using DriverWorld world = new();
        Container web = world.Attach();
        using Watcher watcher = new(world.Driver);
        Eventually.Until(() => world.Host.RunOk("nft list tables").Contains("bridgenet_standby", StringComparison.Ordinal), "the watcher stands by");

        web.Place.RunOk(damage);

        Eventually.Until(() => watcher.Reports.Count > 0, "the watcher repairs");
        Eventually.Until(() => web.Place.Run("ping -c 1 -W 1 198.51.100.2").ExitCode == 0, "the container reaches the outside");
    }

    [Fact]
    public void A_namespace_that_vanishes_frees_its_address_and_ports()
    {
        using DriverWorld world = new();
        Container lost = world.Attach(DriverWorld.Publishing("8080:80") with { Name = "lost" });
        using Watcher watcher = new(world.Driver);
        Eventually.Until(() => world.Host.RunOk("nft list tables").Contains("bridgenet_standby", StringComparison.Ordinal), "the watcher stands by");

        lost.Place.Dispose();

        Eventually.Until(
            () => watcher.Reports.SelectMany(report => report.Ended).Any(ended => ended.Endpoint is "lost"), "the watcher ends the endpoint");
        world.Driver.FindEndpoint("lost").Should().BeNull();
        world.Attach("8080:80");
    }

    [Fact]
    public void Attaching_and_detaching_under_its_eyes_gives_it_nothing_to_repair()
    {
        using DriverWorld world = new();
        using Watcher watcher = new(world.OpenDriver());
        Eventually.Until(() => world.Host.RunOk("nft list tables").Contains("bridgenet_standby", StringComparison.Ordinal), "the watcher stands by");

        Container[] containers = [.. Enumerable.Range(0, 8).Select(_ => world.AddContainer()).ToArray().AsParallel().Select(
            (place, i) => DriverWorld.Attach(world.Network, place, DriverWorld.Publishing($"{8000 + i}:80")))];
        world.Host.RunOk("nft list table inet bridgenet_standby").Should().Contain("chain published");
        Array.ForEach(containers, container => container.Lease.Dispose());

        watcher.Reports.Should().BeEmpty(string.Join('\n', watcher.Reports));
    }

    [Fact]
    public void A_first_network_that_is_made_under_its_eyes_gives_it_nothing_to_repair()
    {
        using DriverWorld world = new(network: null);
        using Watcher watcher = new(world.OpenDriver());

        for (int round = 0; round < 20; round++)
        {
            world.Driver.EnsureNetwork(NetworkDefinition.Docker0);
            world.Driver.RemoveNetwork(NetworkDefinition.Docker0.Name);
        }
        Network network = world.Driver.EnsureNetwork(NetworkDefinition.Docker0);
        Container web = DriverWorld.Attach(network, world.AddContainer(), DriverWorld.Publishing("8080:80"));
        Eventually.Until(
            () => world.Host.Run("nft list map inet bridgenet_standby publish_any4").Output.Contains("8080", StringComparison.Ordinal),
            "the watcher saw it");

        watcher.Reports.Should().BeEmpty(string.Join('\n', watcher.Reports));
        web.Lease.Dispose();
    }

    [Fact]
    public void A_container_that_never_keeps_still_delays_no_repair()
    {
        using DriverWorld world = new();
        Container web = world.Attach("8080:80");
        Container restless = world.Attach();
        using WebServer nginx = web.Serve("published");
        using Watcher watcher = new(world.Driver);
        Eventually.Until(() => world.Host.RunOk("nft list tables").Contains("bridgenet_standby", StringComparison.Ordinal), "the watcher stands by");
        using BackgroundProcess loop = restless.Place.Start(
            "sh",
            "-c",
            "for i in $(seq 500); do echo 'link set eth0 arp off'; echo 'link set eth0 arp on'; echo 'addr add 10.66.6.6/32 dev lo'; "
                + "echo 'addr del 10.66.6.6/32 dev lo'; done > /tmp/restless.$$; while ip -batch /tmp/restless.$$; do :; done");
        Eventually.Until(() => restless.Place.RunOk("ip -s link show eth0").Length > 0, "it runs");

        for (int flush = 0; flush < 5; flush++)
        {
            world.Host.RunOk("nft flush ruleset");
            Eventually.Until(
                () => world.Host.RunOk("nft list tables").Contains("table inet bridgenet\n", StringComparison.Ordinal),
                TimeSpan.FromSeconds(5), // a container that can delay it does so for ever
                "the rules are back");
        }
    }

    [Fact]
    public void After_its_records_were_deleted_and_made_again_it_repairs_as_before()
    {
        using DriverWorld world = new();
        Container web = world.Attach("8080:80");
        using WebServer nginx = web.Serve("published");
        using Watcher watcher = new(world.Driver);
        Eventually.Until(() => world.Host.RunOk("nft list tables").Contains("bridgenet_standby", StringComparison.Ordinal), "the watcher stands by");
        Directory.Delete(world.StateDirectory, recursive: true);

        world.Host.RunOk("ip link set docker0 down; ip link set docker0 up");
        Eventually.Until(
            () => watcher.Reports.Any(report => report.BeyondRepair.Lines().Any(line => line.Contains("was deleted", StringComparison.Ordinal))),
            "the watcher says what is lost");
        world.Host.RunOk("nft list table inet bridgenet").Should().Contain("8080", "rules without records stay");

        world.OpenDriver().Rebuild().BeyondRepair.Lines().Should().BeEmpty();
        world.Host.RunOk("nft flush ruleset");
        Eventually.Until(() => IsPublished(world), "the published port answers");
        Eventually.Until(
            () => world.Host.RunOk("nft list tables").Contains("table inet bridgenet\n", StringComparison.Ordinal), "the rules are back");
    }

    [Fact]
    public void The_verb_watches_until_it_is_told_to_end_and_leaves_nothing()
    {
        using BinaryWorld world = new();
        world.RunOk("network", "create", "blue");
        string before = world.Snapshot();
        using (BackgroundProcess watch = world.Start("watch"))
        {
            watch.Until(() => world.Host.RunOk("nft list tables").Contains("bridgenet_standby", StringComparison.Ordinal), "it stands by");
            world.Host.RunOk("nft flush ruleset");
            watch.Until(() => watch.Output.Contains("restored table inet bridgenet: it was gone", StringComparison.Ordinal), "it repairs");
            watch.Signal(Mono.Unix.Native.Signum.SIGTERM);
            watch.WaitForExit().Should().Be(0, watch.Output);
        }

        Eventually.Until(() => string.Equals(world.Snapshot(), before, StringComparison.Ordinal), "the standby goes with its process");
    }

    [Fact]
    public void The_verb_repair_says_what_it_did_and_fails_if_something_is_left()
    {
        using BinaryWorld world = new();
        world.RunOk("network", "create", "--bridge-name", "blue0", "blue");
        world.Host.RunOk("nft flush ruleset");

        world.RunOk("repair").Should().Contain("restored table inet bridgenet: it was gone");
        world.RunOk("repair").Should().BeEmpty();
        world.Host.RunOk("ip link del blue0; ip link add blue0 type bridge");

        CommandResult result = world.Run("repair");

        result.ExitCode.Should().Be(1);
        result.Errors.Should().StartWith("bridgenet: network blue:").And.Contain("blue0");
    }

    private static bool IsPublished(DriverWorld world) =>
        world.Router.Run(
            "curl",
            "-sS",
            "--fail",
            "--noproxy",
            "*",
            "--max-time",
            "2",
            "http://192.0.2.1:8080/").Output.Contains("published", StringComparison.Ordinal);
}
