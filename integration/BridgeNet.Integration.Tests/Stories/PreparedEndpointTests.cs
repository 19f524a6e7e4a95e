using BridgeNet.Netlink;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>Endpoints whose interface a runtime moves into the container and sets up there, as Docker does.</summary>
public sealed class PreparedEndpointTests
{
    private static readonly NetworkDefinition s_both = NetworkDefinition.Docker0 with
    {
        Subnets = [SubnetDefinition.Parse("172.17.0.0/16"), SubnetDefinition.Parse("fd00:17::/64")],
    };

    [Fact]
    public async Task Once_a_runtime_has_moved_it_the_container_serves_and_calls_like_any_other()
    {
        using DriverWorld world = new(s_both);
        Endpoint endpoint = world.Network.Prepare(new EndpointRequest { Name = "web" });
        Netns container = MoveIn(world, endpoint);
        using WebServer nginx = WebServer.Start(container, "prepared");

        world.Driver.Publish("web", DriverWorld.Specs("8080:80"));

        endpoint.SandboxPath.Should().BeEmpty();
        (await world.Router.GetAsync("http://192.0.2.1:8080/")).Should().Be("prepared");
        (await world.Router.GetAsync("http://[2001:db8:1::1]:8080/")).Should().Be("prepared");
        (await world.Host.GetAsync("http://127.0.0.1:8080/")).Should().Be("prepared");
        (await container.GetAsync("http://192.0.2.1:8080/")).Should().Be("prepared");
        container.RunOk("ping -c 1 -W 5 198.51.100.2");
        container.RunOk("ping -c 1 -W 5 2001:db8:2::2");
    }

    [Fact]
    public async Task Gc_and_repair_leave_it_alone_before_and_after_it_was_moved()
    {
        using DriverWorld world = new(s_both);
        Endpoint endpoint = world.Network.Prepare(new EndpointRequest { Name = "web" });

        world.Driver.CollectGarbage().Should().BeEmpty();
        world.Driver.Repair().Should().Be(new RepairReport());
        Netns container = MoveIn(world, endpoint);
        world.Driver.Publish("web", DriverWorld.Specs("8080:80"));
        using WebServer nginx = WebServer.Start(container, "prepared");
        world.Driver.CollectGarbage().Should().BeEmpty();
        world.Host.RunOk($"nft flush ruleset; ip link set {endpoint.HostInterfaceName} nomaster");
        RepairReport report = world.Driver.Repair();

        report.BeyondRepair.Lines().Should().BeEmpty();
        report.Restored.Lines().Should().Contain($"endpoint web: {endpoint.HostInterfaceName} was not on docker0");
        (await world.Router.GetAsync("http://192.0.2.1:8080/")).Should().Be("prepared");
        world.Driver.Repair().Should().Be(new RepairReport());
    }

    [Fact]
    public void It_cannot_send_as_another()
    {
        using DriverWorld world = new(s_both);
        Netns container = MoveIn(world, world.Network.Prepare());
        container.RunOk("ping -c 1 -W 5 198.51.100.2");

        container.RunOk("ip addr add 172.17.0.99/16 dev eth0");

        container.Run("ping", "-c", "1", "-W", "1", "-I", "172.17.0.99", "198.51.100.2").ExitCode.Should().NotBe(0);
    }

    [Fact]
    public void When_its_veth_is_gone_the_endpoint_is_and_its_address_and_port_are_free()
    {
        using DriverWorld world = new(s_both);
        Endpoint endpoint = world.Network.Prepare(new EndpointRequest { Name = "web", Publish = [.. DriverWorld.Specs("8080:80")] });
        _ = MoveIn(world, endpoint);
        world.Host.RunOk($"ip link del {endpoint.HostInterfaceName}");

        world.Driver.CollectGarbage().Should().Equal("web");

        Endpoint next = world.Network.Prepare(new EndpointRequest
        {
            Name = "web",
            IPv4Address = endpoint.IPv4Address!.Address,
            IPv6Address = endpoint.IPv6Address!.Address,
            Publish = [.. DriverWorld.Specs("8080:80")],
        });
        (next.IPv4Address, next.IPv6Address).Should().Be((endpoint.IPv4Address, endpoint.IPv6Address));
    }

    [Fact]
    public void The_host_does_not_send_to_the_MAC_address_that_had_its_address_before()
    {
        using DriverWorld world = new(s_both);
        _ = world.Attach(); // the kernel forgets the neighbours of a bridge without carrier
        Endpoint former = world.Network.Prepare(new EndpointRequest { MacAddress = MacAddress.Parse("02:11:22:33:44:55", null) });
        world.Host.RunOk($"ip neigh replace {former.IPv4Address!.Address} lladdr 02:11:22:33:44:55 dev docker0 nud reachable");
        world.Driver.Detach(former.Id);

        Endpoint next = world.Network.Prepare(new EndpointRequest { IPv4Address = former.IPv4Address.Address });

        world.Host.RunOk($"ip neigh show {next.IPv4Address!.Address}").Should().Contain($"lladdr {next.MacAddress}");
    }

    [Fact]
    public void A_renamed_veth_goes_with_its_endpoint()
    {
        using DriverWorld world = new();
        Endpoint endpoint = world.Network.Prepare();
        world.Host.RunOk($"ip link set {endpoint.HostInterfaceName} name renamed");

        world.Driver.CollectGarbage().Should().BeEmpty();
        world.Host.RunOk("ip -br link show type veth").Should().Contain($"{endpoint.HostInterfaceName}", "gc gives the name back");
        world.Host.RunOk($"ip link set {endpoint.HostInterfaceName} name renamed");
        world.Driver.Detach(endpoint.Id);

        world.Host.RunOk("ip -br link show type veth").Should().NotContain("renamed").And.NotContain("peer");
    }

    [Fact]
    public void Detach_takes_both_ends_wherever_the_interface_is()
    {
        using DriverWorld world = new(s_both);
        Endpoint waiting = world.Network.Prepare(), moved = world.Network.Prepare();
        Netns container = MoveIn(world, moved);

        world.Driver.DetachMany(waiting.Id, moved.Id).Should().Equal(waiting.Id, moved.Id);

        world.Host.RunOk("ip -br link show type veth").Should().NotContain("peer").And.NotContain("veth");
        container.RunOk("ip -br link").Should().NotContain("eth0");
    }

    [Fact]
    public void What_is_inside_the_container_is_not_to_be_asked_for()
    {
        using DriverWorld world = new();

        foreach (EndpointRequest request in new[]
        {
            new EndpointRequest { InterfaceName = InterfaceName.Parse("eth7") },
            new EndpointRequest { Sysctls = [KeyValuePair.Create("net.ipv4.conf.IFNAME.log_martians", "1")] },
            new EndpointRequest { LinkLocalAddresses = [InterfaceAddress.Parse("169.254.3.4/16")] },
            new EndpointRequest { HoldPorts = true },
        })
        {
            Action prepare = () => world.Network.Prepare(request);

            prepare.Should().Throw<ConfigurationException>();
        }
        world.Driver.Endpoints.Should().BeEmpty();
    }

    [Fact]
    public async Task A_process_holds_the_ports_of_an_endpoint_that_another_made()
    {
        using DriverWorld world = new();
        Endpoint endpoint = world.Network.Prepare(new EndpointRequest { Name = "web" });
        Netns container = MoveIn(world, endpoint);
        using WebServer nginx = WebServer.Start(container, "held");
        using BridgeDriver another = world.OpenDriver();
        another.Publish("web", DriverWorld.Specs("8080:80", "8081:81"));
        world.Driver.HoldPorts("web", DriverWorld.Specs("8080:80", "8081:81"));

        (await world.Host.GetAsync("http://[::1]:8080/")).Should().Be("held");
        (await world.Router.GetAsync("http://[2001:db8:1::1]:8080/")).Should().Be("held");
        world.Host.HasFree(8080).Should().BeFalse();
        another.Unpublish("web", DriverWorld.Specs("8080:80"));
        Eventually.Until(() => world.Host.HasFree(8080), "the port that was taken back is free");
        world.Host.HasFree(8081).Should().BeFalse();
        another.Detach("web");
        Eventually.Until(() => world.Host.HasFree(8081), "the port of an endpoint that is gone is free");
    }

    /// <summary>What Docker does after its plugin's answer to Join.</summary>
    private static Netns MoveIn(DriverWorld world, Endpoint endpoint)
    {
        Netns container = world.AddContainer();
        world.Host.RunOk($"ip link set {endpoint.InterfaceName} netns {container.Path}");
        container.RunOk($"ip link set {endpoint.InterfaceName} name eth0 && ip link set lo up && ip addr add {endpoint.IPv4Address} dev eth0");
        container.RunOk(endpoint.IPv6Address is { } own ? $"ip addr add {own} dev eth0 nodad" : "true");
        container.RunOk($"ip link set eth0 address {endpoint.MacAddress} up && ip route add default via {endpoint.IPv4Gateway}");
        container.RunOk(endpoint.IPv6Gateway is { } hop ? $"ip route add default via {hop}" : "true");
        return container;
    }
}
