using BridgeNet.Integration.Tests.Stories;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Repairs;

/// <summary>A state directory that something happened to.</summary>
public sealed class DamagedStateTests
{
    [Theory]
    [InlineData("")]
    [InlineData("{\"schema\":1,\"id\":")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("\0\0\0\0\0\0\0\0")]
    [InlineData("\u00ff\u00feGARBAGE")]
    [InlineData("{\"schema\":1} behind")]
    [InlineData("{\"schema\":1}{\"schema\":1}")]
    public void A_record_that_was_cut_off_or_overwritten_stops_nobody_and_gc_ends_what_it_was_of(string content)
    {
        using DriverWorld world = new();
        Container neighbour = world.Attach(DriverWorld.Publishing("8081:80") with { Name = "neighbour", Keep = true });
        string before = Snapshot.Of(world, neighbour.Place);
        Container damaged = world.Attach(
            DriverWorld.Publishing("8080:80") with { Name = "damaged", Keep = true, Bandwidth = new Bandwidth { EgressRate = 8_000_000 } });
        string record = Path.Combine(world.StateDirectory, $"endpoints/{damaged.Id}.json");
        File.WriteAllText(record, content);

        world.Driver.Endpoints.Select(endpoint => endpoint.Name).Should().Equal("neighbour");
        world.Attach().Lease.Dispose();
        world.Driver.Repair().BeyondRepair.Lines().Should().ContainSingle().Which.Should().Contain(record);
        world.Host.RunOk("nft list ruleset").Should().Contain(damaged.Id, "nobody knows what the record said: what may be its stays");
        IReadOnlyList<string> ended = world.Driver.CollectGarbage();

        ended.Should().Equal(damaged.Id);
        string aside = Path.Combine(world.StateDirectory, $"endpoints/{damaged.Id}.damaged");
        File.ReadAllText(aside).Should().Be(content);
        File.Delete(aside);
        Snapshot.Of(world, neighbour.Place).Should().Be(before);
        world.Driver.Repair().IsClean.Should().BeTrue();
        world.Attach("8080:80");
    }

    [Theory]
    [InlineData("{\"schema\":2,\"id\":\"ID\",\"new\":true}", "a newer BridgeNet wrote it (schema 2; this one knows 1)")]
    [InlineData("{\"schema\":0,\"id\":\"ID\"}", "an older BridgeNet wrote it (schema 0; this one knows 1)")]
    [InlineData("{\"schema\":1,\"id\":\"ID\",\"new\":true}", "something in it that this version does not know")]
    public void A_record_of_another_version_is_refused_and_not_destroyed(string content, string why)
    {
        using DriverWorld world = new();
        Container other = world.Attach(DriverWorld.Publishing("8080:80") with { Name = "other", Keep = true });
        string record = Path.Combine(world.StateDirectory, $"endpoints/{other.Id}.json");
        string text = content.Replace("ID", other.Id, StringComparison.Ordinal);
        File.WriteAllText(record, text);
        string before = Snapshot.RulesetOf(world.Host);

        Action detach = () => world.Driver.Detach("other");
        Action collect = () => world.Driver.CollectGarbage();

        detach.Should().Throw<StateException>().WithMessage($"*{record}*{why}*");
        collect.Should().Throw<TeardownException>().WithMessage($"*{why}*");
        world.Driver.Repair().BeyondRepair.Lines().Should().ContainSingle().Which.Should().Contain(why);
        File.ReadAllText(record).Should().Be(text);
        Snapshot.RulesetOf(world.Host).Should().Be(before);
        other.Place.RunOk("ping -c 1 -W 5 198.51.100.2");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_endpoint_of_a_network_whose_record_was_cut_off_is_listed_and_ends(bool byGc)
    {
        using DriverWorld world = new();
        string before = Snapshot.Of(world);
        Container web = world.Attach(DriverWorld.Publishing("8080:80", "8081:81/udp") with { Name = "web", Keep = true });
        string record = $"{world.StateDirectory}/networks/bridge.json", whole = File.ReadAllText(record);
        File.WriteAllText(record, whole[..20]);
        world.Driver.Endpoints.Select(endpoint => endpoint.Name).Should().Equal("web");

        if (byGc)
        {
            world.Host.RunOk($"ip netns del {web.Place.Name}");
            Eventually.Until(
                () => !world.Host.RunOk("ip -o link").Contains($"{web.Endpoint.HostInterfaceName}", StringComparison.Ordinal), "the veth goes");
            Action collect = () => world.Driver.CollectGarbage();
            collect.Should().Throw<TeardownException>("it tells of the network too").Which.Ended.Should().Equal("web");
        }
        else
        {
            world.Driver.Detach("web").Should().BeTrue();
        }

        world.Host.RunOk("nft list ruleset").Should().NotContain(web.Id);
        File.WriteAllText(record, whole);
        _ = world.Driver.Repair();
        Snapshot.Of(world).Should().Be(before);
        world.Attach("8080:80", "8081:81/udp");
    }

    [Fact]
    public void Files_that_are_somebody_elses_stop_nobody()
    {
        using DriverWorld world = new();
        Container dead = world.Attach(DriverWorld.Publishing("8080:80") with { Name = "dead", Keep = true });
        foreach (string stray in new[] { "core", "endpoints/core", "endpoints/core.json", "endpoints/a.intent", "endpoints/b.draft", "names/core",
            "addresses/core", "addresses/bridge/core", "addresses/bridge/.freed/core", "cursors/core", "networks/core", "locks/core" })
        {
            File.WriteAllText($"{world.StateDirectory}/{stray}", "dumped");
        }
        world.Host.RunOk($"ip netns del {dead.Place.Name}");
        Eventually.Until(
            () => !world.Host.RunOk("ip -o link").Contains($"{dead.Endpoint.HostInterfaceName}", StringComparison.Ordinal), "the veth goes");

        world.Driver.CollectGarbage().Should().Equal("dead");
        world.Driver.Repair().IsClean.Should().BeTrue();
        world.Driver.Detach("core").Should().BeFalse();
        world.Attach(DriverWorld.Publishing("8080:80") with { Name = "next" }).Lease.Dispose();
        world.Driver.CollectGarbage().Should().BeEmpty();
        File.Exists($"{world.StateDirectory}/endpoints/core.json").Should().BeTrue();
    }

    [Fact]
    public void What_another_state_directory_has_on_the_host_stays()
    {
        using DriverWorld world = new();
        Container web = world.Attach(DriverWorld.Publishing("8080:80") with { Name = "web", Keep = true });
        string before = Snapshot.RulesetOf(world.Host);
        using Scratch elsewhere = new();
        using NetworkNamespace host = NetworkNamespace.Open(world.Host.Path);
        using BridgeDriver other = BridgeDriver.Open(new BridgeDriverOptions { HostNamespace = host, StateDirectory = elsewhere.At("state") });

        other.CollectGarbage().Should().BeEmpty();
        Snapshot.RulesetOf(world.Host).Should().Be(before);
        RepairReport report = other.Repair();
        Network network = other.EnsureNetwork(DriverWorld.Backend);
        DriverWorld.Attach(network, world.AddContainer(), DriverWorld.Publishing("9090:80")).Lease.Dispose();
        other.CollectGarbage().Should().BeEmpty();
        other.RemoveNetwork(network.Name);

        report.Restored.Lines().Should().BeEmpty();
        report.BeyondRepair.Lines().Should().HaveCount(2)
            .And.Contain(line => line.Contains("docker0 is of network bridge, which has no record here"));
        Snapshot.RulesetOf(world.Host).Should().Be(before);
        web.Place.RunOk("ping -c 1 -W 5 198.51.100.2");
        world.Driver.Repair().IsClean.Should().BeTrue();
    }

    [Fact]
    public void Gc_removes_everything_else_past_records_that_it_cannot_read()
    {
        using DriverWorld world = new();
        Container newer = world.Attach(new EndpointRequest { Keep = true }), dead = world.Attach(new EndpointRequest { Keep = true });
        _ = world.Driver.EnsureNetwork(DriverWorld.Backend);
        File.WriteAllText($"{world.StateDirectory}/endpoints/{newer.Id}.json", """{"schema":2}""");
        File.WriteAllText($"{world.StateDirectory}/networks/newer.intent", """{"schema":2}""");
        File.Move($"{world.StateDirectory}/networks/backend.json", $"{world.StateDirectory}/networks/backend.intent");
        world.Host.RunOk($"ip netns del {dead.Place.Name}");
        Eventually.Until(
            () => !world.Host.RunOk("ip -o link").Contains($"{dead.Endpoint.HostInterfaceName}", StringComparison.Ordinal),
            "the kernel takes the veth with the namespace");

        Action gc = () => world.Driver.CollectGarbage();

        gc.Should().Throw<TeardownException>().Which.Failures.Should().HaveCount(2).And.AllBeOfType<StateException>();
        File.Exists($"{world.StateDirectory}/endpoints/{dead.Id}.json").Should().BeFalse("it was dead");
        world.Host.RunOk("ip -o link").Should().NotContain("br-backend");
        File.Exists($"{world.StateDirectory}/endpoints/{newer.Id}.json").Should().BeTrue();
        File.Exists($"{world.StateDirectory}/networks/newer.intent").Should().BeTrue();
    }

    [Fact]
    public void On_a_full_disk_nothing_is_half_done_and_detaching_still_works()
    {
        using FullWorld full = new();
        EndpointLease kept = full.Attach("8080:80");
        string before = full.Snapshot();
        full.Fill();

        Action attach = () => full.Attach("8081:80");
        Action create = () => full.Driver.EnsureNetwork(DriverWorld.Backend);
        Action publish = () => full.Driver.Publish(kept.Endpoint.Id, PortSpec.Parse("9090:90"));

        attach.Should().Throw<BridgeNetException>().WithMessage("*ENOSPC*");
        create.Should().Throw<BridgeNetException>().WithMessage("*ENOSPC*");
        publish.Should().Throw<BridgeNetException>().WithMessage("*ENOSPC*");
        full.Snapshot().Should().Be(before);
        full.Driver.Detach(kept.Endpoint.Id).Should().BeTrue();
        full.Free();
        full.Attach("8080:80");
    }

    [Fact]
    public void On_a_read_only_directory_what_is_there_is_told_and_nothing_is_changed()
    {
        using FullWorld full = new();
        EndpointLease kept = full.Attach("8080:80");
        string before = full.Snapshot();
        full.Remount("ro");
        using BridgeDriver reader = full.OpenDriver();

        Action attach = () => full.Attach("8081:80");
        Action detach = () => full.Driver.Detach(kept.Endpoint.Id);

        reader.Endpoints.Should().ContainSingle();
        reader.Networks.Should().ContainSingle();
        attach.Should().Throw<BridgeNetException>().WithMessage("*EROFS*");
        detach.Should().Throw<BridgeNetException>().WithMessage("*EROFS*");
        full.Snapshot().Should().Be(before);
        full.Remount("rw");
    }

    [Fact]
    public void After_a_reboot_networks_are_kept_and_made_again_and_endpoints_are_dropped()
    {
        using DriverWorld world = new();
        world.Attach(DriverWorld.Publishing("8080:80") with { Name = "web", Keep = true, IPv4Address = System.Net.IPAddress.Parse("172.17.0.9") });
        world.Host.RunOk(
            "nft flush ruleset; ip link del docker0; for link in $(ip -br link show type veth | grep -o 'veth[0-9a-f]*'); do ip link del "
                + "$link; done");
        string note = Path.Combine(world.StateDirectory, "boot");
        File.Delete(note);
        File.CreateSymbolicLink(note, "00000000-0000-0000-0000-000000000000");

        BridgeDriver after = world.OpenDriver();

        after.Endpoints.Should().BeEmpty();
        after.Networks.Select(network => network.Name).Should().Equal("bridge");
        after.Repair().BeyondRepair.Lines().Should().BeEmpty();
        Container web = DriverWorld.Attach(
            after.GetNetwork("bridge"),
            world.AddContainer(),
            DriverWorld.Publishing("8080:80") with { Name = "web", IPv4Address = System.Net.IPAddress.Parse("172.17.0.9") });
        web.Place.RunOk("ping -c 1 -W 5 198.51.100.2");
        File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim().Should().Be(new FileInfo(note).LinkTarget);
    }
}
