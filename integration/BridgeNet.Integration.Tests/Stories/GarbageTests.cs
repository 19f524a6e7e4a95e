using System.Text.RegularExpressions;

using BridgeNet.Integration.Tests.Binary;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>What a process that died half way left, and who clears it away.</summary>
public sealed partial class GarbageTests
{
    [Theory]
    [InlineData("intent")]
    [InlineData("removing")]
    public void An_endpoint_half_made_or_half_removed_is_undone(string phase)
    {
        using DriverWorld world = new();
        string before = Snapshot.Of(world);
        Container web = world.Attach(DriverWorld.Publishing("8080:80") with { Name = "web", Keep = true });
        Turn(world, $"endpoints/{web.Id}", phase);

        world.Driver.FindEndpoint("web").Should().BeNull("it is not there for anyone to use");
        IReadOnlyList<string> ended = world.Driver.CollectGarbage();

        ended.Should().Equal("web");
        Snapshot.Of(world).Should().Be(before);
    }

    [Fact]
    public void Who_gave_an_address_back_and_died_takes_nothing_from_its_next_owner()
    {
        using DriverWorld world = new(Rules.RuleNetworks.Docker0);
        EndpointRequest request = DriverWorld.Publishing("8080:80") with { IPv4Address = System.Net.IPAddress.Parse("172.17.0.9"), Keep = true };
        Container dead = world.Attach(request);
        string record = Path.Combine(world.StateDirectory, $"endpoints/{dead.Id}");
        byte[] content = File.ReadAllBytes(record + ".json");
        world.Driver.Detach(dead.Id).Should().BeTrue();
        PortSpec limited = PortSpec.Parse("8080:80") with { Sources = [System.Net.IPNetwork.Parse("198.51.100.0/24")] };
        Container next = world.Attach(request with { Publish = [limited] });
        string before = Snapshot.Of(world);
        File.WriteAllBytes(record + ".removing", content); // as a detach leaves it that was killed before it forgot the record

        world.Driver.CollectGarbage();

        Snapshot.Of(world).Should().Be(before);
        world.Driver.Repair().IsClean.Should().BeTrue();
        world.Driver.Detach(next.Id).Should().BeTrue();
    }

    [Fact]
    public void A_namespace_that_got_the_inode_of_one_that_is_gone_gets_nothing_else_of_it()
    {
        using DriverWorld world = new();
        string before = Snapshot.Of(world);
        string name = $"{Path.GetRandomFileName()}-web", path = $"/run/netns/{name}";
        world.Host.RunOk($"ip netns add {name}");
        try
        {
            string id;
            using (NetworkNamespace dead = NetworkNamespace.Open(path))
            {
                id = world.Network.Attach(dead, DriverWorld.Publishing("8080:80") with { Name = "web", Keep = true }).Endpoint.Id;
            }
            world.Host.RunOk($"ip netns del {name} && ip netns add {name}");
            Eventually.Until(() => !world.Host.RunOk("ip -o link").Contains("veth", StringComparison.Ordinal), "the veth went with its namespace");
            using NetworkNamespace stranger = NetworkNamespace.Open(path);
            string record = Path.Combine(world.StateDirectory, $"endpoints/{id}.json"); // the kernel often gives the same number: here it surely has
            File.WriteAllText(record, IdentityOf().Replace(File.ReadAllText(record), $"{stranger.Identity.Device}:{stranger.Identity.Inode}"));

            world.Driver.CollectGarbage().Should().Equal("web");

            stranger.Run(() => Directory.GetFileSystemEntries("/proc/thread-self/net/dev_snmp6")).Should().HaveCount(1, "it has its loopback alone");
            Snapshot.Of(world).Should().Be(before);
        }
        finally
        {
            world.Host.RunOk($"ip netns del {name}");
        }
    }

    [Fact]
    public void What_neighbours_may_remember_is_forgotten_when_the_address_rests_no_longer()
    {
        using DriverWorld world = new(NetworkDefinition.Docker0 with { IPv6 = true });
        Container live = world.Attach();
        foreach (int _ in Enumerable.Range(0, 20))
        {
            world.Attach().Lease.Dispose();
        }
        int Hints() => Directory.EnumerateFileSystemEntries($"{world.StateDirectory}/cursors").Count();
        int before = Hints();

        world.Driver.CollectGarbage();
        int resting = Hints();
        foreach (string note in Directory.EnumerateFileSystemEntries($"{world.StateDirectory}/addresses/bridge/.freed").ToArray())
        {
            File.Delete(note); // as if a minute had passed
        }
        world.Driver.CollectGarbage();

        (before, resting, Hints()).Should().Be((23, 23, 3), "two are the subnets' last addresses, and one is that of the live endpoint");
        live.Lease.Dispose();
    }

    [Fact]
    public void Every_endpoint_that_a_collection_ends_is_named_once()
    {
        using DriverWorld world = new();
        Container[] containers =
            [.. Enumerable.Range(0, 60).Select(number => world.Attach(new EndpointRequest { Name = $"c{number}", Keep = true }))];
        List<string> ended = [];
        Task dying = Task.Run(() => Array.ForEach(containers, container => container.Place.Dispose()));

        Eventually.Until(
            () =>
            {
                ended.AddRange(world.Driver.CollectGarbage());
                return dying.IsCompleted && !world.Driver.Endpoints.Any();
            },
            "all are ended");

        ended.Should().BeEquivalentTo(containers.Select((_, number) => $"c{number}"));
    }

    [Fact]
    public void What_a_collection_could_not_put_right_is_told_beside_what_it_ended()
    {
        using BinaryWorld world = new();
        Netns dying = world.World.AddContainer();
        world.RunOk("attach", "--name", "web", "-p", "8080:80", dying.Path);
        dying.Dispose();
        Eventually.Until(() => !world.Host.RunOk("ip -br link").Contains("veth", StringComparison.Ordinal), "the kernel ended its veth");
        world.Host.RunOk("nft flush ruleset; nft add table inet bridgenet");

        CommandResult result = world.Run("gc");

        result.Output.Should().Be("web\n");
        result.ExitCode.Should().Be(1);
        result.Errors.Should().StartWith("bridgenet: gc: packet rules:").And.Contain("BridgeNet did not make");
    }

    [Fact]
    public void What_was_being_written_and_is_no_record_goes()
    {
        using DriverWorld world = new();
        string before = Snapshot.Of(world);
        File.WriteAllText(Path.Combine(world.StateDirectory, "endpoints/0123456789ab.draft"), "{");
        File.WriteAllText(Path.Combine(world.StateDirectory, "networks/half.draft"), "{");

        world.Driver.CollectGarbage().Should().BeEmpty();

        Snapshot.Of(world).Should().Be(before);
        File.Exists(Path.Combine(world.StateDirectory, "locks/0123456789ab")).Should().BeFalse();
    }

    [Theory]
    [InlineData("intent")]
    [InlineData("removing")]
    public void A_network_half_made_or_half_removed_is_undone(string phase)
    {
        using DriverWorld world = new(network: null);
        world.Host.WriteSysctl("net.ipv4.ip_forward", "1");
        string before = Snapshot.Of(world);
        world.Driver.EnsureNetwork(NetworkDefinition.Docker0);
        Turn(world, "networks/bridge", phase);

        IReadOnlyList<string> ended = world.Driver.CollectGarbage();

        ended.Should().Equal("bridge");
        Snapshot.Of(world).Should().Be(before);
    }

    [Fact]
    public void An_intent_cut_off_while_it_was_written_is_forgotten()
    {
        using DriverWorld world = new();
        string before = Snapshot.Of(world);
        File.WriteAllText(Path.Combine(world.StateDirectory, "endpoints/0123456789ab.intent"), """{"schema":1,"id":"0123""");

        world.Driver.CollectGarbage();

        Snapshot.Of(world).Should().Be(before);
    }

    [Fact]
    public void Claims_of_nobody_are_given_back()
    {
        using DriverWorld world = new();
        world.Attach();
        string before = Snapshot.Of(world);
        File.CreateSymbolicLink(Path.Combine(world.StateDirectory, "addresses/bridge/172.17.0.9"), "0123456789ab");
        File.CreateSymbolicLink(Path.Combine(world.StateDirectory, "names/ghost"), "0123456789ab");

        world.Driver.CollectGarbage();

        Snapshot.Of(world).Should().Be(before);
    }

    [Fact]
    public void When_an_address_was_given_back_is_forgotten_after_its_quarantine()
    {
        using DriverWorld world = new();
        string notes = Path.Combine(world.StateDirectory, "addresses/bridge/.freed");
        world.Attach().Lease.Dispose();
        File.CreateSymbolicLink(Path.Combine(notes, "172.17.0.9"), "1"); // as old as the boot

        world.Driver.CollectGarbage();

        Directory.EnumerateFileSystemEntries(notes).Select(Path.GetFileName).Should().Equal("172.17.0.2");
    }

    [Fact]
    public void A_kept_endpoint_whose_namespace_is_gone_is_ended()
    {
        using DriverWorld world = new();
        string before = Snapshot.Of(world);
        Container web = world.Attach(DriverWorld.Publishing("8080:80") with { Name = "web", Keep = true });
        world.Host.RunOk($"ip netns del {web.Place.Name}");
        Eventually.Until(
            () => !world.Host.RunOk("ip -o link").Contains("veth", StringComparison.Ordinal), "the kernel takes the veth with the namespace");

        IReadOnlyList<string> ended = world.Driver.CollectGarbage();

        ended.Should().Equal("web");
        Snapshot.Of(world).Should().Be(before);
    }

    [Fact]
    public void A_kept_endpoint_whose_veth_alone_is_gone_is_restored()
    {
        using DriverWorld world = new();
        Container web = world.Attach(DriverWorld.Publishing("8080:80") with { Name = "web", Keep = true });
        world.Host.RunOk($"ip link del {web.Endpoint.HostInterfaceName}");

        world.Driver.CollectGarbage().Should().BeEmpty();

        world.Driver.FindEndpoint("web").Should().BeEquivalentTo(web.Endpoint);
        web.Place.RunOk("ping -c 1 -W 10 172.17.0.1");
    }

    [Fact]
    public void An_endpoint_of_an_owner_that_nobody_knows_is_ended()
    {
        using DriverWorld world = new();
        string before = Snapshot.Of(world);
        Container web = world.Attach(DriverWorld.Publishing("8080:80") with { Name = "web" });
        foreach (string owner in Directory.EnumerateFiles(Path.Combine(world.StateDirectory, "owners")))
        {
            File.Delete(owner);
        }

        world.Driver.CollectGarbage().Should().Equal(web.Endpoint.Name);

        Snapshot.Of(world).Should().Be(before);
    }

    [Fact]
    public void The_living_are_left_alone()
    {
        using DriverWorld world = new();
        world.Attach(DriverWorld.Publishing("8080:80") with { Keep = true });
        world.Attach("8081:80");
        string before = Snapshot.Of(world);

        world.Driver.CollectGarbage().Should().BeEmpty();

        Snapshot.Of(world).Should().Be(before);
    }

    [Fact]
    public void The_name_the_address_and_the_port_of_one_half_made_can_be_had_after()
    {
        using DriverWorld world = new();
        EndpointRequest request = DriverWorld.Publishing("8080:80") with { Name = "web", IPv4Address = System.Net.IPAddress.Parse("172.17.0.7") };
        Container web = world.Attach(request);
        Turn(world, $"endpoints/{web.Id}", "intent");
        world.Driver.CollectGarbage();

        world.Attach(request).Endpoint.Name.Should().Be("web");
    }

    /// <summary>As if the process had died between two steps: the phase of a record is the ending of its file's name.</summary>
    private static void Turn(DriverWorld world, string record, string phase)
    {
        string path = Path.Combine(world.StateDirectory, record);
        File.Move($"{path}.json", $"{path}.{phase}");
    }

    [GeneratedRegex("(?<=\"sandboxIdentity\":\")[0-9:]+", RegexOptions.None, 1000)]
    private static partial Regex IdentityOf();
}
