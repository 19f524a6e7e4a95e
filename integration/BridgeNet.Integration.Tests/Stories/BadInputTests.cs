using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>What cannot be is refused with words that name the thing, and nothing is changed by it.</summary>
public sealed class BadInputTests
{
    public static TheoryData<string> Cases => [.. BadInput.All.Select(bad => bad.What)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_is_refused_and_changes_nothing(string what)
    {
        BadInput bad = BadInput.All.Single(bad => string.Equals(bad.What, what, StringComparison.Ordinal));
        using DriverWorld world = new();
        world.Host.ServeTcp("192.0.2.1", 8081);
        Container web = world.Attach(DriverWorld.Publishing("8080:80") with { Name = "web" });
        string before = Snapshot.Of(world, web.Place);

        Action act = () => bad.Try(world, web);

        act.Should().Throw<Exception>().WithMessage(bad.Message).Which.Should().BeOfType(bad.Error);
        Snapshot.Of(world, web.Place).Should().Be(before);
    }

    [Fact]
    public void What_is_not_there_is_not_detached()
    {
        using DriverWorld world = new();

        world.Driver.Detach("nobody").Should().BeFalse();
        world.Driver.Detach("0123456789ab").Should().BeFalse();
        world.Driver.Detach("a/b").Should().BeFalse();
    }

    [Theory]
    [InlineData("9000:90", "8080:81")] // published by another
    [InlineData("9000:90", "8081:81")] // bound by another program
    public void A_live_endpoint_gets_all_ports_or_none(string good, string bad)
    {
        using DriverWorld world = new();
        world.Host.ServeTcp("0.0.0.0", 8081);
        world.Attach("8080:80");
        Container live = world.Attach("7000:70");
        string before = Snapshot.Of(world);

        Action publish = () => world.Driver.Publish(live.Id, DriverWorld.Specs(good, bad));

        publish.Should().Throw<PortConflictException>();
        Snapshot.Of(world).Should().Be(before);
    }

    [Fact]
    public void A_sandbox_that_was_closed_leaves_nothing()
    {
        using DriverWorld world = new();
        NetworkNamespace closed = NetworkNamespace.Create();
        closed.Dispose();
        string before = Snapshot.Of(world);

        Action attach = () => world.Network.Attach(closed, DriverWorld.Publishing("8080:80"));

        attach.Should().Throw<ObjectDisposedException>();
        Snapshot.Of(world).Should().Be(before);
    }

    [Fact]
    public void A_bridge_that_is_gone_is_named_and_the_ports_are_taken_back()
    {
        using DriverWorld world = new();
        world.Host.RunOk("ip link del docker0");
        string before = Snapshot.Of(world);

        Action attach = () => world.Attach("8080:80");

        attach.Should().Throw<NetworkConflictException>().WithMessage("network bridge: its bridge docker0 is gone*");
        Snapshot.Of(world).Should().Be(before);
    }

    [Fact]
    public void A_network_that_was_removed_meanwhile_is_not_found()
    {
        using DriverWorld world = new();
        world.OpenDriver().RemoveNetwork("bridge");
        string before = Snapshot.Of(world);

        Action attach = () => world.Attach("8080:80");

        attach.Should().Throw<NetworkNotFoundException>();
        Snapshot.Of(world).Should().Be(before);
    }

    [Fact]
    public void Without_CAP_NET_ADMIN_attaching_says_so_and_changes_nothing()
    {
        using DriverWorld world = new();
        Netns place = world.AddContainer();
        string before = Snapshot.Of(world, place);

        Action attach = () =>
            Unprivileged.Run(Unprivileged.NetAdmin, () => DriverWorld.Attach(world.Network, place, DriverWorld.Publishing("8080:80")));

        attach.Should().Throw<PrivilegeException>().WithMessage("attaching to network bridge needs CAP_NET_ADMIN*");
        Snapshot.Of(world, place).Should().Be(before);
    }

    [Fact]
    public void Without_CAP_SYS_ADMIN_attaching_says_so_and_changes_nothing()
    {
        using DriverWorld world = new();
        Netns place = world.AddContainer();
        string before = Snapshot.Of(world, place);

        Action attach = () =>
            Unprivileged.Run(Unprivileged.SysAdmin, () => DriverWorld.Attach(world.Network, place, DriverWorld.Publishing("8080:80")));

        attach.Should().Throw<PrivilegeException>().WithMessage("*needs CAP_SYS_ADMIN*");
        Snapshot.Of(world, place).Should().Be(before);
    }

    [Fact]
    public void Without_CAP_NET_ADMIN_making_a_network_says_so_and_changes_nothing()
    {
        using DriverWorld world = new(network: null);
        string before = Snapshot.Of(world);

        Action ensure = () => Unprivileged.Run(Unprivileged.NetAdmin, () => world.Driver.EnsureNetwork(NetworkDefinition.Docker0));

        ensure.Should().Throw<PrivilegeException>().WithMessage("making network bridge needs CAP_NET_ADMIN*");
        Snapshot.Of(world).Should().Be(before);
    }

    [Fact]
    public void Without_CAP_NET_ADMIN_detaching_and_removing_say_so_and_change_nothing()
    {
        using DriverWorld world = new();
        world.Attach(DriverWorld.Publishing("8080:80") with { Name = "web" });
        world.Driver.EnsureNetwork(DriverWorld.Backend);
        string before = Snapshot.Of(world);

        Action detach = () => Unprivileged.Run(Unprivileged.NetAdmin, () => world.Driver.Detach("web"));
        Action remove = () => Unprivileged.Run(Unprivileged.NetAdmin, () => world.Driver.RemoveNetwork("backend"));

        detach.Should().Throw<PrivilegeException>().WithMessage("detaching web needs CAP_NET_ADMIN*");
        remove.Should().Throw<PrivilegeException>().WithMessage("removing network backend needs CAP_NET_ADMIN*");
        Snapshot.Of(world).Should().Be(before);
    }

    [Fact]
    public void A_table_of_our_name_that_is_not_ours_is_left_as_it_is_and_nothing_is_made()
    {
        using DriverWorld world = new(network: null);
        world.Host.RunOk("nft add table inet bridgenet; nft add chain inet bridgenet mine");
        string before = Snapshot.Of(world);

        Action ensure = () => world.Driver.EnsureNetwork(NetworkDefinition.Docker0);

        ensure.Should().Throw<FirewallUnavailableException>().WithMessage("*table inet bridgenet that BridgeNet did not make*");
        Snapshot.Of(world).Should().Be(before);
    }
}
