using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>The life of a network, and what it leaves alone.</summary>
public sealed class NetworkTests
{
    private const string Foreign =
        """
        table ip mine {
          set s { type ipv4_addr; elements = { 10.1.2.3 }; };
          chain input { type filter hook input priority 5; policy accept; ip saddr @s accept; };
        }
        table inet filter { chain forward { type filter hook forward priority -1; policy accept; oifname "nothing" drop; }; }
        """;

    [Fact]
    public void A_network_that_was_made_anew_is_another()
    {
        using DriverWorld world = new();
        Network old = world.Driver.EnsureNetwork(DriverWorld.Backend);
        world.Attach(); // the object has been used for other things
        DriverWorld.Attach(old, world.AddContainer()).Lease.Dispose();
        world.OpenDriver().RemoveNetwork("backend");
        Network made = world.OpenDriver().EnsureNetwork(DriverWorld.Backend with { Subnets = [SubnetDefinition.Parse("172.30.0.0/24")] });

        Action attach = () => DriverWorld.Attach(old, world.AddContainer());

        attach.Should().Throw<NetworkNotFoundException>().Which.Name.Should().Be("backend");
        DriverWorld.Attach(made, world.AddContainer()).Endpoint.IPv4Address!.ToString().Should().StartWith("172.30.0.");
    }

    [Fact]
    public void Removed_it_leaves_no_link_no_table_no_file_and_other_peoples_rules_as_they_were()
    {
        using DriverWorld world = new(network: null);
        world.Host.WriteSysctl("net.ipv4.ip_forward", "1"); // stays on: the host may have come to rely on it
        world.Host.Run("sh", "-c", "printf %s \"$1\" | nft -f -", "sh", Foreign).OrThrow();
        string foreign = Snapshot.RulesetOf(world.Host);
        string before = Snapshot.Of(world);

        Network network = world.Driver.EnsureNetwork(NetworkDefinition.Docker0);
        using (DriverWorld.Attach(network, world.AddContainer(), DriverWorld.Publishing("8080:80")).Lease)
        {
            Snapshot.RulesetOf(world.Host).Should().StartWith(foreign).And.Contain("8080");
        }
        world.Driver.RemoveNetwork("bridge");

        Snapshot.Of(world).Should().Be(before);
    }

    [Fact]
    public void Ensured_again_it_is_the_same()
    {
        using DriverWorld world = new();
        world.Attach("8080:80");
        string before = Snapshot.Of(world);

        Network again = world.Driver.EnsureNetwork(NetworkDefinition.Docker0);
        Network byAnother = world.OpenDriver().EnsureNetwork(NetworkDefinition.Docker0);

        (again.Id, byAnother.Id).Should().Be((world.Network.Id, world.Network.Id));
        Snapshot.Of(world).Should().Be(before);
    }

    [Theory]
    [InlineData("nft flush ruleset")]
    [InlineData("nft delete table inet bridgenet")]
    [InlineData("ip addr del 172.17.0.1/16 dev docker0")]
    [InlineData("ip link set docker0 down")]
    [InlineData("sysctl -qw net.ipv4.ip_forward=0 net.ipv4.conf.docker0.route_localnet=0")]
    public void Ensured_again_it_is_made_whole(string accident)
    {
        using DriverWorld world = new();
        world.Attach("8080:80");
        string before = Snapshot.Of(world);
        world.Host.RunOk(accident);

        world.Driver.EnsureNetwork(NetworkDefinition.Docker0);

        Snapshot.Of(world).Should().Be(before);
    }

    [Fact]
    public void Ensured_by_many_at_once_it_is_one()
    {
        using DriverWorld world = new(network: null);
        BridgeDriver[] drivers = [world.Driver, world.OpenDriver(), world.OpenDriver(), world.OpenDriver()];
        string[] ids = new string[drivers.Length];

        Parallel.For(0, drivers.Length, i => ids[i] = drivers[i].EnsureNetwork(NetworkDefinition.Docker0).Id);

        ids.Distinct(StringComparer.Ordinal).Should().ContainSingle();
        world.Driver.Networks.Should().ContainSingle();
    }

    [Fact]
    public void Removing_one_of_two_leaves_the_other_at_work()
    {
        using DriverWorld world = new();
        using WebServer nginx = world.Attach("8080:80").Serve("still here");
        string before = Snapshot.Of(world);
        world.Driver.EnsureNetwork(DriverWorld.Backend);

        world.Driver.RemoveNetwork("backend");

        Snapshot.Of(world).Should().Be(before);
        world.Host.Curl("http://localhost:8080/").OrThrow().Output.Should().Be("still here");
    }

    [Fact]
    public void Drivers_with_states_of_their_own_share_the_table_and_leave_each_other_alone()
    {
        using DriverWorld world = new();
        using WebServer nginx = world.Attach("8080:80").Serve("still here");
        using Scratch otherState = new();
        string before = Snapshot.Of(world);
        using NetworkNamespace host = NetworkNamespace.Open(world.Host.Path);
        using BridgeDriver other = BridgeDriver.Open(new BridgeDriverOptions { HostNamespace = host, StateDirectory = otherState.Path });
        Network backend = other.EnsureNetwork(DriverWorld.Backend);

        Action publish = () => DriverWorld.Attach(backend, world.AddContainer(), DriverWorld.Publishing("8080:80"));
        publish.Should().Throw<PortConflictException>();
        other.RemoveNetwork("backend");

        Snapshot.Of(world).Should().Be(before);
    }

    [Fact]
    public void A_bridge_that_somebody_put_in_the_place_of_ours_is_left_alone()
    {
        using DriverWorld world = new();
        world.Host.RunOk("ip link del docker0; ip link add docker0 type bridge");
        string links = string.Join('\n', Snapshot.LinksOf(world.Host));

        world.Driver.RemoveNetwork("bridge");

        string.Join('\n', Snapshot.LinksOf(world.Host)).Should().Be(links);
        world.Driver.Networks.Should().BeEmpty();
    }

    [Theory]
    [InlineData("bridges")]
    [InlineData("members")]
    [InlineData("homes4")]
    [InlineData("guarded4")]
    public void Removed_when_somebody_emptied_a_set_it_leaves_nothing_in_the_others(string set)
    {
        using DriverWorld world = new();
        world.Driver.EnsureNetwork(DriverWorld.Backend);
        world.Host.RunOk($"nft flush set inet bridgenet {set}");
        world.Driver.EnsureNetwork(NetworkDefinition.Docker0);

        world.Driver.RemoveNetwork("backend");

        world.Host.RunOk("nft list ruleset").Should().Contain("docker0").And.NotContain("backend").And.NotContain("172.18.");
    }

    [Fact]
    public void Removed_when_everything_is_gone_already_it_is_forgotten()
    {
        using DriverWorld world = new();
        world.Host.RunOk("ip link del docker0; nft flush ruleset");

        world.Driver.RemoveNetwork("bridge");

        world.Driver.Networks.Should().BeEmpty();
        Snapshot.StateOf(world).Should().BeEmpty();
    }
}
