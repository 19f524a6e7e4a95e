namespace BridgeNet.Integration.Tests.Stories;

/// <summary>The end of an endpoint, whatever is left of it by then.</summary>
public sealed class DetachTests
{
    [Fact]
    public void The_guards_of_a_dual_stack_endpoint_go_with_it_and_those_of_another_stay()
    {
        using DriverWorld world = new(Rules.RuleNetworks.Docker0);
        string empty = world.Host.RunOk("nft -s list table bridge bridgenet");
        Container one = world.Attach(), other = world.Attach();

        one.Lease.Dispose();
        string between = world.Host.RunOk("nft -s list table bridge bridgenet");
        other.Lease.Dispose();

        between.Should().NotContain(one.Endpoint.MacAddress.ToString()).And.Contain(other.Endpoint.MacAddress.ToString());
        world.Host.RunOk("nft -s list table bridge bridgenet").Should().Be(empty);
    }

    [Fact]
    public void It_leaves_no_link_no_element_no_claim_and_no_file()
    {
        using DriverWorld world = new();
        string before = Snapshot.Of(world);
        Container web = world.Attach(DriverWorld.Publishing("8080:80", "127.0.0.1:53:53/udp") with { Name = "web" });

        bool detached = world.Driver.Detach("web");

        detached.Should().BeTrue();
        Snapshot.Of(world).Should().Be(before);
        web.Place.RunOk("ip -o link").Should().Contain(" lo:").And.NotContain("eth0");
        world.Driver.Detach("web").Should().BeFalse("it is done already");
    }

    [Theory]
    [InlineData("ip link del $(ip -o link | grep -o 'veth[0-9a-f]*')")]
    [InlineData("nft flush ruleset")]
    [InlineData("nft flush map inet bridgenet publish_any4")]
    [InlineData("ip link del docker0")]
    [InlineData("nft flush ruleset; ip link del docker0; ip link del $(ip -o link | grep -o 'veth[0-9a-f]*')")]
    public void It_ends_also_when_parts_of_it_are_gone(string accident)
    {
        using DriverWorld world = new();
        Container web = world.Attach("8080:80");
        world.Host.RunOk(accident);

        bool detached = world.Driver.Detach(web.Id);

        detached.Should().BeTrue();
        world.Driver.Endpoints.Should().BeEmpty();
        world.Host.RunOk("ip -o link; nft list ruleset").Should().NotContain("veth").And.NotContain("8080");
    }

    [Fact]
    public void It_ends_also_when_its_namespace_is_gone()
    {
        using DriverWorld world = new();
        string before = Snapshot.Of(world);
        Container web = world.Attach("8080:80");
        world.Host.RunOk($"ip netns del {web.Place.Name}");

        bool detached = world.Driver.Detach(web.Id);

        detached.Should().BeTrue();
        Snapshot.Of(world).Should().Be(before);
    }

    [Fact]
    public void Any_driver_of_the_same_state_ends_it()
    {
        using DriverWorld world = new();
        string before = Snapshot.Of(world);
        world.Attach(DriverWorld.Publishing("8080:80") with { Name = "web", Keep = true });

        bool detached = world.OpenDriver().Detach("web");

        detached.Should().BeTrue();
        Snapshot.Of(world).Should().Be(before);
    }

    [Fact]
    public void Two_who_end_it_at_once_agree()
    {
        using DriverWorld world = new();
        string before = Snapshot.Of(world);
        Container web = world.Attach("8080:80");
        BridgeDriver[] drivers = [world.Driver, world.OpenDriver(), world.OpenDriver(), world.OpenDriver()];
        bool[] results = new bool[drivers.Length];

        Parallel.For(0, drivers.Length, i => results[i] = drivers[i].Detach(web.Id));

        results.Should().ContainSingle(detached => detached);
        Snapshot.Of(world).Should().Be(before);
    }
}
