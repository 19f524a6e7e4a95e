namespace BridgeNet.Integration.Tests.Stories;

/// <summary>Who owns an endpoint, and what ends with its owner.</summary>
public sealed class LeaseTests
{
    [Fact]
    public void Disposing_of_it_detaches()
    {
        using DriverWorld world = new();
        string before = Snapshot.Of(world);
        Container web = world.Attach("8080:80");

        web.Lease.Dispose();
        web.Lease.Dispose();

        Snapshot.Of(world).Should().Be(before);
    }

    [Fact]
    public void Kept_it_outlives_its_lease_and_its_driver()
    {
        using DriverWorld world = new();
        BridgeDriver mayfly = world.OpenDriver();
        Container web = DriverWorld.Attach(mayfly.GetNetwork("bridge"), world.AddContainer());

        web.Lease.Keep();
        web.Lease.Dispose();
        mayfly.Dispose();

        web.Endpoint.IsKept.Should().BeTrue();
        world.Driver.CollectGarbage().Should().BeEmpty();
        world.Driver.GetEndpoint(web.Id).Should().Be(web.Endpoint);
    }

    [Fact]
    public void What_a_process_that_died_did_not_keep_is_ended_by_the_next_one()
    {
        using DriverWorld world = new();
        string before = Snapshot.Of(world);
        BridgeDriver mayfly = world.OpenDriver();
        DriverWorld.Attach(mayfly.GetNetwork("bridge"), world.AddContainer(), DriverWorld.Publishing("8080:80") with { Name = "orphan" });
        mayfly.Dispose();

        IReadOnlyList<string> ended = world.Driver.CollectOrphans();

        ended.Should().Equal("orphan");
        Snapshot.Of(world).Should().Be(before);
        Directory.GetFiles(Path.Combine(world.StateDirectory, "owners")).Should().BeEmpty();
    }

    [Fact]
    public void What_a_living_process_owns_is_left_alone()
    {
        using DriverWorld world = new();
        BridgeDriver other = world.OpenDriver();
        Container web = DriverWorld.Attach(other.GetNetwork("bridge"), world.AddContainer());
        string before = Snapshot.Of(world);

        world.Driver.CollectOrphans().Should().BeEmpty();
        world.Driver.CollectGarbage().Should().BeEmpty();

        Snapshot.Of(world).Should().Be(before);
        world.Driver.FindEndpoint(web.Id).Should().NotBeNull();
    }

    [Fact]
    public void Keeping_what_somebody_detached_says_so()
    {
        using DriverWorld world = new();
        Container web = world.Attach();
        world.Driver.Detach(web.Id);

        Action keep = web.Lease.Keep;

        keep.Should().Throw<EndpointNotFoundException>();
    }
}
