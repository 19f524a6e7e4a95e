using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>Ports that come and go while the endpoint stays, and the table that is lost and found.</summary>
public sealed class LivePortTests
{
    [Fact]
    public async Task A_port_is_published_later_and_taken_back()
    {
        using DriverWorld world = new();
        Container web = world.Attach("8080:80");
        using WebServer nginx = web.Serve();
        string before = Snapshot.Of(world);

        Endpoint more = world.Driver.Publish(web.Id, DriverWorld.Specs("8081:80", "127.0.0.1:8082:80"));

        more.Ports.Should().HaveCount(3);
        (await world.Server.ReachesAsync("192.0.2.1:8081")).Should().BeTrue();
        (await world.Host.ReachesAsync("127.0.0.1:8082")).Should().BeTrue();

        Endpoint less = world.Driver.Unpublish(web.Id, DriverWorld.Specs("8081:80", "127.0.0.1:8082:80"));

        less.Should().Be(web.Endpoint);
        (await world.Server.IsShutOutOfAsync("192.0.2.1:8081")).Should().BeTrue();
        (await world.Server.ReachesAsync("192.0.2.1:8080")).Should().BeTrue();
        Snapshot.Of(world).Should().Be(before);
    }

    [Fact]
    public async Task Without_an_address_a_port_is_taken_back_wherever_it_is_published()
    {
        using DriverWorld world = new();
        Container web = world.Attach("127.0.0.1:8080:80", "192.0.2.1:8080:80", "8081:81");
        using WebServer nginx = web.Serve();

        Endpoint after = world.Driver.Unpublish(web.Id, DriverWorld.Specs("80"));

        after.Ports.Should().OnlyContain(port => port.HostPort == 8081);
        (await world.Server.IsShutOutOfAsync("192.0.2.1:8080")).Should().BeTrue();
        world.Driver.Repair().IsClean.Should().BeTrue();
    }

    [Fact]
    public async Task A_port_taken_back_is_free_for_another()
    {
        using DriverWorld world = new();
        using WebServer first = world.Attach("8080:80").Serve("first");
        Container second = world.Attach();
        using WebServer nginx = second.Serve("second");
        world.Driver.Unpublish(world.Driver.Endpoints.Single(endpoint => endpoint.Ports.Count > 0).Id, DriverWorld.Specs("8080:80"));

        world.Driver.Publish(second.Id, DriverWorld.Specs("8080:80"));

        (await world.Server.GetAsync("http://192.0.2.1:8080/")).Should().Be("second");
    }

    [Fact]
    public async Task Thousands_of_ports_come_and_go_in_one_step()
    {
        using DriverWorld world = new();
        string before = Snapshot.Of(world);
        Container web = world.Attach("20000-23999:20000-23999", "127.0.0.1:24000-24999:24000-24999");
        web.Place.ServeTcp("0.0.0.0", 23999);

        bool last = await world.Server.ReachesAsync("192.0.2.1:23999");
        world.Driver.Detach(web.Id);

        last.Should().BeTrue();
        Snapshot.Of(world).Should().Be(before);
    }

    [Fact]
    public async Task After_a_flush_the_next_publication_brings_everything_back()
    {
        using DriverWorld world = new();
        using WebServer nginx = world.Attach("8080:80", "127.0.0.1:8081:80").Serve("back again");
        Container late = world.Attach();
        string before = world.Host.RunOk("nft -s list ruleset");
        world.Host.RunOk("nft flush ruleset");

        world.Driver.Publish(late.Id, DriverWorld.Specs("9000:90"));

        (await world.Server.GetAsync("http://192.0.2.1:8080/")).Should().Be("back again");
        world.Driver.Unpublish(late.Id, DriverWorld.Specs("9000:90"));
        world.Host.RunOk("nft -s list ruleset").Should().Be(before);
    }

    [Fact]
    public void After_a_flush_many_attach_at_once()
    {
        using DriverWorld world = new();
        BridgeDriver[] drivers = [world.Driver, world.OpenDriver()];
        world.Attach("8080:80");
        world.Host.RunOk("nft flush ruleset");

        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            using NetworkNamespace sandbox = NetworkNamespace.Create();
            drivers[i % 2].GetNetwork("bridge").Attach(sandbox, DriverWorld.Publishing($"{9000 + i}:90") with { Keep = true });
        });

        string table = world.Host.RunOk("nft list map inet bridgenet publish_any4");
        table.Should().Contain("tcp . 8080 ");
        Enumerable.Range(9000, 8).Should().OnlyContain(port => table.Contains($"tcp . {port} "));
    }
}
