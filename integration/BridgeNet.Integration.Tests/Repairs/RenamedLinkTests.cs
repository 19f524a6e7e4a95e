using BridgeNet.Integration.Tests.Stories;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Repairs;

/// <summary>A link of ours that somebody renamed on the host. The kernel knows it by its index, and its alias says whose it is.</summary>
public sealed class RenamedLinkTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_veth_gets_its_name_back_and_its_container_is_guarded_again(bool isUp)
    {
        using DriverWorld world = new();
        Container web = world.Attach(DriverWorld.Publishing("8080:80") with { Name = "web", Keep = true });
        string before = Snapshot.Of(world, web.Place);
        Rename(world, $"{web.Endpoint.HostInterfaceName}", "oops", isUp);
        RepairReport check = world.Driver.Check();

        RepairReport report = world.Driver.Repair();

        check.Findings.Lines().Should().BeEquivalentTo(report.Findings.Lines());
        report.BeyondRepair.Lines().Should().BeEmpty();
        report.Restored.Lines().Should().Contain($"endpoint web: {web.Endpoint.HostInterfaceName} was called oops");
        Snapshot.Of(world, web.Place).Should().Be(before);
        world.Driver.Repair().IsClean.Should().BeTrue();
        web.Place.RunOk("ping -c 1 -W 5 198.51.100.2");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_container_whose_veth_was_renamed_is_detached_with_it(int count)
    {
        using DriverWorld world = new();
        string before = Snapshot.Of(world);
        Container[] all = [.. Enumerable.Range(0, count).Select(_ => world.Attach(new EndpointRequest { Keep = true }))];
        Rename(world, $"{all[0].Endpoint.HostInterfaceName}", "oops");

        world.Driver.DetachMany(all.Select(container => container.Id)).Should().HaveCount(count);

        Snapshot.Of(world).Should().Be(before);
        all[0].Place.RunOk("ip -br link show type veth").Should().BeEmpty();
    }

    [Fact]
    public void A_watch_hears_of_it()
    {
        using DriverWorld world = new();
        Container web = world.Attach(new EndpointRequest { Name = "web", Keep = true });
        using Watcher watcher = new(world.OpenDriver());

        Rename(world, $"{web.Endpoint.HostInterfaceName}", "oops", isUp: true);

        Eventually.Until(
            () => world.Host.RunOk("ip -br link show type veth").Contains($"{web.Endpoint.HostInterfaceName}", StringComparison.Ordinal),
            "it is named again");
    }

    [Fact]
    public void A_bridge_gets_its_name_back_and_goes_with_its_network()
    {
        using DriverWorld world = new();
        Container web = world.Attach(new EndpointRequest { Name = "web", Keep = true });
        string before = Snapshot.Of(world, web.Place);
        Rename(world, "docker0", "oops");
        RepairReport check = world.Driver.Check();

        RepairReport report = world.Driver.Repair();

        check.Findings.Lines().Should().BeEquivalentTo(report.Findings.Lines());
        report.BeyondRepair.Lines().Should().BeEmpty();
        report.Restored.Lines().Should().Contain("network bridge: docker0 was called oops");
        Snapshot.Of(world, web.Place).Should().Be(before);
        world.Driver.Detach("web");
        Rename(world, "docker0", "oops");
        world.Driver.RemoveNetwork("bridge");
        world.Host.RunOk("ip -br link show type bridge").Should().BeEmpty();
    }

    [Fact]
    public void An_endpoint_whose_record_is_lost_too_is_known_again_by_its_alias()
    {
        using DriverWorld world = new();
        Container web = world.Attach(new EndpointRequest { Name = "web", Keep = true });
        Rename(world, $"{web.Endpoint.HostInterfaceName}", "oops");
        File.Delete($"{world.StateDirectory}/endpoints/{web.Id}.json");

        RepairReport report = world.Driver.Rebuild();

        report.BeyondRepair.Lines().Should().BeEmpty();
        world.Driver.GetEndpoint("web").HostInterfaceName.Should().Be(web.Endpoint.HostInterfaceName);
        world.Driver.Repair().IsClean.Should().BeTrue();
    }

    private static void Rename(DriverWorld world, string from, string to, bool isUp = false) =>
        world.Host.RunOk(isUp ? $"ip link set {from} name {to}" : $"ip link set {from} down; ip link set {from} name {to}; ip link set {to} up");
}
