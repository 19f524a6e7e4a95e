using System.Net;

using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>Several endpoints attached and detached together.</summary>
public sealed class ManyTests
{
    private const int Several = 12;

    [Fact]
    public void They_come_together_each_with_its_own_and_go_together()
    {
        using DriverWorld world = new();
        string before = Snapshot.Of(world);
        Netns[] places = [.. Enumerable.Range(0, Several).Select(_ => world.AddContainer())];

        IReadOnlyList<EndpointLease> leases = Attach(world, places, number => DriverWorld.Publishing(
            $"{8000 + number}:80", $"127.0.0.1:{9000 + number}:81/udp", "82") with
        { Name = $"e{number}" });

        leases.Select(lease => lease.Endpoint.IPv4Address!.Address).Should().OnlyHaveUniqueItems().And.HaveCount(Several);
        leases.SelectMany(lease => lease.Endpoint.Ports).Select(port => (port.HostPort, port.Protocol))
            .Should().OnlyHaveUniqueItems().And.HaveCount(3 * Several);
        places[^1].RunOk("ping -c 1 -W 10 172.17.0.1");
        using (WebServer server = WebServer.Start(places[7], "seven"))
        {
            world.Server.RunOk("curl -sf -m 3 http://192.0.2.1:8007/").Should().Contain("seven");
        }
        world.Driver.Repair().IsClean.Should().BeTrue();

        world.Driver.DetachMany([.. leases.Select(lease => lease.Endpoint.Name), "nobody"])
            .Should().Equal(Enumerable.Range(0, Several).Select(number => $"e{number}"));

        Snapshot.Of(world).Should().Be(before);
    }

    [Fact]
    public void Of_one_that_cannot_be_nobody_comes()
    {
        using DriverWorld world = new();
        world.Attach("8003:80");
        Netns[] places = [.. Enumerable.Range(0, 5).Select(_ => world.AddContainer())];
        places[4].RunOk("ip link add eth7 type bridge");
        string before = Snapshot.Of(world);

        Action conflict = () => Attach(world, places, number => DriverWorld.Publishing($"{8000 + number}:80"));
        Action twice = () => Attach(world, places, _ => DriverWorld.Publishing("7000:80"));
        Action outside = () =>
            Attach(world, places, number => new EndpointRequest { IPv4Address = number == 4 ? IPAddress.Parse("10.9.9.9") : null });
        Action taken = () =>
            Attach(world, places, _ => new EndpointRequest { InterfaceName = Netlink.InterfaceName.Parse("eth7") });

        conflict.Should().Throw<PortConflictException>().WithMessage("*8003*");
        twice.Should().Throw<PortConflictException>().WithMessage("*asked for twice*");
        outside.Should().Throw<AddressUnavailableException>();
        taken.Should().Throw<EndpointConflictException>().WithMessage("*eth7 is there*");
        Snapshot.Of(world).Should().Be(before);
    }

    [Fact]
    public void Leases_of_a_batch_of_which_one_fails_are_undone_and_the_process_still_owns_its_others()
    {
        using DriverWorld world = new();
        using BridgeDriver driver = world.OpenDriver();
        Netns[] places = [.. Enumerable.Range(0, 4).Select(_ => world.AddContainer())];
        NetworkNamespace[] sandboxes = [.. places.Select(place => NetworkNamespace.Open(place.Path))];
        EndpointLease other = driver.GetNetwork("bridge").Attach(sandboxes[3]);
        places[2].RunOk("ip link add eth7 type bridge");
        string before = Snapshot.Of(world);
        EndpointRequest leased = new() { InterfaceName = Netlink.InterfaceName.Parse("eth7"), HoldPorts = true, Publish = [PortSpec.Parse("80")] };

        Action attach = () => driver.GetNetwork("bridge").AttachMany([.. sandboxes[..3].Select(sandbox => (sandbox, leased))]);

        attach.Should().Throw<EndpointConflictException>().WithMessage("*eth7 is there*");
        Snapshot.Of(world).Should().Be(before);
        driver.Dispose();
        other.Dispose();
        world.Driver.CollectOrphans().Should().Equal([other.Endpoint.Name], "the driver that ended still owned this one");
        Array.ForEach(sandboxes, sandbox => sandbox.Dispose());
    }

    [Fact]
    public void They_go_together_also_where_parts_of_some_are_gone()
    {
        using DriverWorld world = new();
        string before = Snapshot.Of(world);
        Container[] containers = [.. Enumerable.Range(0, 5).Select(
            number => world.Attach(DriverWorld.Publishing($"{8000 + number}:80", $"127.0.0.1:{8100 + number}:81") with { Keep = true }))];
        world.Host.RunOk($"ip link del {containers[1].Endpoint.HostInterfaceName}");
        world.Host.RunOk("nft 'delete element inet bridgenet publish_any4 { tcp . 8002 }'");
        world.Host.RunOk($"ip netns del {containers[3].Place.Name}");

        world.Driver.DetachMany([.. containers.Select(container => container.Id)]).Should().HaveCount(5);

        Snapshot.Of(world).Should().Be(before);
    }

    [Fact]
    public void One_whose_record_is_damaged_stops_none_of_the_others()
    {
        using DriverWorld world = new();
        Container[] containers = [.. Enumerable.Range(0, 3).Select(_ => world.Attach(new EndpointRequest { Keep = true }))];
        File.WriteAllText(Path.Combine(world.StateDirectory, $"endpoints/{containers[1].Id}.json"), "{");

        Action detach = () => world.Driver.DetachMany([.. containers.Select(container => container.Id)]);

        detach.Should().Throw<TeardownException>().Which.Failures.Should().ContainSingle().Which.Should().BeOfType<StateException>();
        world.Driver.Endpoints.Should().BeEmpty();
        world.Host.RunOk("ip -br link show type veth | grep -c ^veth || true").Trim().Should().Be("1");
    }

    [Fact]
    public void Two_who_detach_the_same_ones_do_not_wait_for_each_other_for_ever()
    {
        using DriverWorld world = new();
        string[] names = [.. Enumerable.Range(0, 8).Select(_ => world.Attach(new EndpointRequest { Keep = true }).Id)];
        BridgeDriver[] drivers = [world.Driver, world.OpenDriver()];

        drivers.AsParallel().WithDegreeOfParallelism(2).ForAll(driver => driver.DetachMany(driver == drivers[0] ? names : names.Reverse()));

        world.Driver.Endpoints.Should().BeEmpty();
    }

    [Fact]
    public void A_network_whose_containers_have_died_is_removed_without_more_ado()
    {
        using DriverWorld world = new();
        Container[] dead = [.. Enumerable.Range(0, 3).Select(_ => world.AttachTo(DriverWorld.Backend))];
        foreach (Container container in dead)
        {
            world.Host.RunOk($"ip netns del {container.Place.Name}");
        }
        Eventually.Until(
            () => !world.Host.RunOk("ip -o link").Contains("veth", StringComparison.Ordinal), "the kernel takes the veths with the namespaces");

        world.Driver.RemoveNetwork("backend");

        world.Driver.Endpoints.Should().BeEmpty();
        world.Driver.FindNetwork("backend").Should().BeNull();
    }

    private static IReadOnlyList<EndpointLease> Attach(DriverWorld world, Netns[] places, Func<int, EndpointRequest> request)
    {
        NetworkNamespace[] sandboxes = [.. places.Select(place => NetworkNamespace.Open(place.Path))];
        try
        {
            return world.Network.AttachMany([.. sandboxes.Select((sandbox, number) => (sandbox, request(number) with { Keep = true }))]);
        }
        finally
        {
            Array.ForEach(sandboxes, sandbox => sandbox.Dispose());
        }
    }
}
