using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>A docker0 that is there and that somebody else made.</summary>
public sealed class AdoptionTests
{
    private static readonly NetworkDefinition s_adopting = NetworkDefinition.Docker0 with { Adopt = true };

    [Theory]
    [InlineData("ip link add docker0 type bridge")]
    [InlineData("ip link add docker0 type bridge; ip addr add 172.17.0.1/16 dev docker0; ip link set docker0 up")]
    [InlineData("ip link add docker0 type veth peer name other")]
    public void It_is_neither_changed_nor_deleted_and_the_error_names_the_ways_out(string making)
    {
        using DriverWorld world = new(network: null);
        world.Host.RunOk(making);
        string before = Snapshot.Of(world);

        Action ensure = () => world.Driver.EnsureNetwork(NetworkDefinition.Docker0);

        ensure.Should().Throw<NetworkConflictException>().WithMessage(
            "network bridge: docker0 is there and was not made by it*name another device*NetworkDefinition.Adopt*");
        Snapshot.Of(world).Should().Be(before);
    }

    [Fact]
    public void One_that_is_no_bridge_is_not_adopted()
    {
        using DriverWorld world = new(network: null);
        world.Host.RunOk("ip link add docker0 type veth peer name other");
        string before = Snapshot.Of(world);

        Action ensure = () => world.Driver.EnsureNetwork(s_adopting);

        ensure.Should().Throw<NetworkConflictException>().WithMessage("*docker0 is not a bridge*");
        Snapshot.Of(world).Should().Be(before);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ip link set docker0 up")]
    [InlineData("ip link set docker0 up; ip addr add 172.17.0.1/16 dev docker0")]
    [InlineData("ip link set docker0 up; ip addr add 10.5.0.1/24 dev docker0; sysctl -qw net.ipv4.conf.docker0.route_localnet=1")]
    public async Task Adopted_it_works_and_is_given_back_as_it_was(string dressing)
    {
        using DriverWorld world = new(network: null);
        world.Host.WriteSysctl("net.ipv4.ip_forward", "1");
        world.Host.RunOk($"ip link add docker0 address 02:00:00:00:00:01 type bridge; {dressing}");
        string before = Snapshot.Of(world);

        Network network = world.Driver.EnsureNetwork(s_adopting);
        using (EndpointLease lease = DriverWorld.Attach(network, world.AddContainer(), DriverWorld.Publishing("8080:80")).Lease)
        {
            using WebServer nginx = WebServer.Start(world.Containers[0], "adopted");
            (await world.Host.GetAsync("http://localhost:8080/")).Should().Be("adopted");
        }
        world.Driver.EnsureNetwork(s_adopting).Id.Should().Be(network.Id);
        world.Driver.RemoveNetwork("bridge");

        Snapshot.Of(world).Should().Be(before);
    }

    [Fact]
    public void One_of_our_own_make_that_the_state_forgot_is_not_taken_for_granted()
    {
        using DriverWorld world = new();
        File.Delete(Path.Combine(world.StateDirectory, "networks/bridge.json"));
        string links = string.Join('\n', Snapshot.LinksOf(world.Host));

        Action ensure = () => world.Driver.EnsureNetwork(NetworkDefinition.Docker0);

        ensure.Should().Throw<NetworkConflictException>();
        string.Join('\n', Snapshot.LinksOf(world.Host)).Should().Be(links);
    }
}
