using System.Net;

using BridgeNet.Integration.Tests.Stories;
using BridgeNet.Netlink;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Repairs;

/// <summary>Records that were lost or damaged, and <c>driver.Rebuild()</c>, which makes them anew from what the kernel knows.</summary>
public sealed class RebuildTests
{
    private static readonly NetworkDefinition s_everything = new()
    {
        Name = "both.families",
        Device = InterfaceName.Parse("br-both"),
        IPv6 = true,
        Subnets = [SubnetDefinition.Parse("172.19.0.0/24"), SubnetDefinition.Parse("172.20.0.0/25"), SubnetDefinition.Parse("fd00:19::/64")],
        InterContainer = false,
        IPv4Mode = GatewayMode.NatUnprotected,
        IPv6Mode = GatewayMode.Routed,
        IPv4Source = IPAddress.Parse("192.0.2.1"),
        Mtu = 1400,
    };

    public static TheoryData<NetworkDefinition> Definitions =>
    [
        NetworkDefinition.Docker0,
        s_everything,
        new NetworkDefinition { Name = "inside", Device = InterfaceName.Parse(
            "br-in"), Subnets = [SubnetDefinition.Parse("172.21.0.0/16")], Internal = true },
        new NetworkDefinition { Name = "own", Device = InterfaceName.Parse(
            "br-own"), Subnets = [SubnetDefinition.Parse("172.22.0.0/16")], Masquerade = false, TrustedInterfaces = [InterfaceName.Parse("eth0")] },
        new NetworkDefinition { Name = "alone", Device = InterfaceName.Parse(
            "br-alone"), Subnets = [SubnetDefinition.Parse("172.23.0.0/16")], Internal = true, IPv4Mode = GatewayMode.Isolated },
    ];

    [Theory]
    [MemberData(nameof(Definitions))]
    public void A_network_whose_record_is_lost_is_known_again_by_its_bridge_and_its_rules(NetworkDefinition definition)
    {
        using DriverWorld world = new(definition);
        NetworkDefinition before = world.Network.Definition;
        string rules = Snapshot.RulesetOf(world.Host);
        Lose(world);
        BridgeDriver after = world.OpenDriver();
        Action again = () => after.EnsureNetwork(definition);
        again.Should().Throw<NetworkConflictException>().WithMessage("*BridgeDriver.Rebuild*");

        RepairReport report = after.Rebuild();

        report.Restored.Lines().Should().ContainSingle().Which.Should().Contain($"network {definition.Name}: its record was lost");
        report.BeyondRepair.Lines().Should().BeEmpty();
        after.GetNetwork(definition.Name).Definition.ToString().Should().Be(before.ToString());
        after.EnsureNetwork(definition).Definition.Should().Be(before);
        Snapshot.RulesetOf(world.Host).Should().Be(rules);
        after.Repair().IsClean.Should().BeTrue();
        after.RemoveNetwork(definition.Name);
        world.Host.RunOk("ip -br link show type bridge; nft list tables").Should().BeEmpty();
    }

    [Fact]
    public async Task Endpoints_whose_records_are_lost_are_known_again_and_their_connections_never_noticed()
    {
        using DriverWorld world = new();
        Container web = world.Attach(DriverWorld.Publishing(
            "8080:80", "7000-7099:7000-7099", "7100-7109:7200-7209", "127.0.0.1:7300-7309:7300-7309", "7310:7310", "192.0.2.1:5353:53/udp") with
        {
            Name = "web",
            Keep = true,
            InterfaceName = InterfaceName.Parse("net0"),
            MacAddress = MacAddress.Parse("02:00:00:00:00:42"),
            Bandwidth = new Bandwidth { IngressRate = 80_000_000, IngressBurst = 200_000, EgressRate = 40_000_000, EgressBurst = 100_000 },
            Routes = [new StaticRoute(IPNetwork.Parse("198.51.100.128/25"), IPAddress.Parse("172.17.0.1"))],
        });
        Container plain = world.Attach(new EndpointRequest { Name = "plain", Keep = true, AntiSpoofing = false });
        Container both = DriverWorld.Attach(
            world.Driver.EnsureNetwork(s_everything),
            world.AddContainer(),
            DriverWorld.Publishing("9090:90", "7400-7409:7400-7409") with { Name = "both", Keep = true });
        using WebServer nginx = web.Serve("still here");
        Endpoint[] before = [.. world.Driver.Endpoints];
        string rules = Snapshot.RulesetOf(world.Host), links = Links(world);
        Lose(world);
        BridgeDriver after = world.OpenDriver();
        after.Endpoints.Should().BeEmpty();

        RepairReport report = after.Rebuild();

        report.Restored.Lines().Should().HaveCount(2 + 3)
            .And.OnlyContain(line => line.Contains("was lost, and is made anew from", StringComparison.Ordinal));
        report.BeyondRepair.Lines().Should().BeEmpty();
        after.Endpoints.Select(Comparable).Should().BeEquivalentTo(before.Select(Comparable));
        Snapshot.RulesetOf(world.Host).Should().Be(rules);
        Links(world).Should().Be(links);
        (await world.Router.GetAsync("http://192.0.2.1:8080/")).Should().Contain("still here");
        Container next = DriverWorld.Attach(after.GetNetwork("bridge"), world.AddContainer());
        next.Endpoint.IPv4Address!.Address.Should().NotBe(web.Endpoint.IPv4Address!.Address).And.NotBe(plain.Endpoint.IPv4Address!.Address);
        next.Lease.Dispose();
        foreach (string name in new[] { "web", "plain", "both" })
        {
            after.Detach(name).Should().BeTrue();
        }
        both.Place.RunOk("ip -br link show type veth").Should().BeEmpty();
        after.RemoveNetwork("bridge");
        after.RemoveNetwork(s_everything.Name);
        world.Host.RunOk("ip -br link show type bridge; ip -br link show type ifb; nft list tables").Should().BeEmpty();
    }

    [Fact]
    public void A_prepared_endpoint_is_known_again_as_one_and_its_network_s_rules_in_other_firewalls_too()
    {
        using DriverWorld world = new(network: null);
        world.Host.RunOk("nft 'add table ip filter; add chain ip filter FORWARD { type filter hook forward priority 0; policy drop; }'");
        Network network = world.Driver.EnsureNetwork(NetworkDefinition.Docker0 with { AllowForeignForward = true });
        Endpoint endpoint = network.Prepare(new EndpointRequest { Name = "web" });
        Netns container = world.AddContainer();
        world.Host.RunOk($"ip link set {endpoint.InterfaceName} netns {container.Path}");
        container.RunOk(
            $"ip link set {endpoint.InterfaceName} name eth0 address {endpoint.MacAddress}; ip addr add {endpoint.IPv4Address} dev eth0; "
                + "ip link set eth0 up");
        world.Driver.Publish("web", DriverWorld.Specs("8080:80"));
        Endpoint before = world.Driver.GetEndpoint("web");
        Lose(world);
        BridgeDriver after = world.OpenDriver();

        RepairReport report = after.Rebuild();

        report.BeyondRepair.Lines().Should().BeEmpty();
        Endpoint again = after.GetEndpoint("web");
        (again.SandboxPath, again.InterfaceName).Should().Be(("", before.InterfaceName));
        (again.IPv4Address, again.MacAddress, again.Ports).Should().Be((before.IPv4Address, before.MacAddress, before.Ports));
        after.GetNetwork("bridge").Definition.AllowForeignForward.Should().BeTrue();
        after.Repair().IsClean.Should().BeTrue();
        world.Host.RunOk($"ip link del {before.HostInterfaceName}"); // as Docker's container does with its end
        after.CollectGarbage().Should().Equal("web");
        after.RemoveNetwork("bridge");
        world.Host.RunOk("nft list chain ip filter FORWARD").Should().NotContain("bridgenet");
    }

    [Fact]
    public void Claims_that_are_lost_are_taken_again_so_that_nothing_is_given_twice()
    {
        using DriverWorld world = new();
        EndpointRequest request = new()
        {
            Name = "web",
            Keep = true,
            MacAddress = MacAddress.Parse("02:00:00:00:00:42"),
            LinkLocalAddresses = [InterfaceAddress.Parse("169.254.3.4/16")],
        };
        Container web = world.Attach(request);
        Directory.Delete($"{world.StateDirectory}/addresses/bridge", recursive: true);
        File.Delete($"{world.StateDirectory}/names/web");

        RepairReport report = world.Driver.Rebuild();

        report.Restored.Lines().Should().BeEquivalentTo(
            "endpoint web: its claim on the name web was lost",
            $"endpoint web: its claim on {web.Address} was lost",
            "endpoint web: its claim on fe80::ff:fe00:42 was lost",
            "endpoint web: its claim on 169.254.3.4 was lost");
        report.BeyondRepair.Lines().Should().BeEmpty();
        world.Driver.Rebuild().IsClean.Should().BeTrue();
        Action sameName = () => world.Attach(new EndpointRequest { Name = "web" });
        Action sameAddress = () => world.Attach(new EndpointRequest { IPv4Address = web.Address });
        Action sameMac = () => world.Attach(new EndpointRequest { MacAddress = request.MacAddress });
        sameName.Should().Throw<EndpointConflictException>();
        sameAddress.Should().Throw<AddressUnavailableException>();
        sameMac.Should().Throw<EndpointConflictException>();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"schema\":1,\"id\":")]
    [InlineData("{\"schema\":1} behind")]
    [InlineData("\0\0\0\0")]
    public void Records_that_are_damaged_are_set_aside_and_made_anew(string content)
    {
        using DriverWorld world = new();
        Container web = world.Attach(DriverWorld.Publishing("8080:80") with { Name = "web", Keep = true });
        Endpoint before = world.Driver.Endpoints.Single();
        string network = Path.Combine(world.StateDirectory, "networks/bridge"), endpoint = Path.Combine(world.StateDirectory, $"endpoints/{web.Id}");
        File.WriteAllText(network + ".json", content);
        File.WriteAllText(endpoint + ".json", content);

        RepairReport report = world.Driver.Rebuild();

        report.Restored.Lines().Should().Equal(
            "network bridge: its record was damaged, and is made anew from docker0",
            $"endpoint web: its record was damaged, and is made anew from {before.HostInterfaceName}");
        report.BeyondRepair.Lines().Should().BeEmpty();
        Comparable(world.Driver.Endpoints.Single()).Should().Be(Comparable(before));
        world.Driver.GetNetwork("bridge").Definition.ToString().Should().Be(world.Network.Definition.ToString());
        File.ReadAllText(network + ".damaged").Should().Be(content);
        File.ReadAllText(endpoint + ".damaged").Should().Be(content);
        world.Driver.Rebuild().IsClean.Should().BeTrue();
        web.Place.RunOk("ping -c 1 -W 5 198.51.100.2");
    }

    [Fact]
    public void What_the_kernel_does_not_know_is_told_and_left_alone()
    {
        using DriverWorld world = new(network: null);
        world.Host.RunOk("ip link add br-theirs type bridge && ip addr add 172.30.0.1/24 dev br-theirs && ip link set br-theirs up");
        NetworkDefinition theirs =
            new() { Name = "theirs", Device = InterfaceName.Parse("br-theirs"), Adopt = true, Subnets = [SubnetDefinition.Parse("172.30.0.0/24")] };
        Container inside = DriverWorld.Attach(
            world.Driver.EnsureNetwork(theirs), world.AddContainer(), new EndpointRequest { Name = "guest", Keep = true });
        Lose(world);
        BridgeDriver after = world.OpenDriver();

        IReadOnlyList<string> beyond = after.Rebuild().BeyondRepair.Lines();

        beyond.Should().HaveCount(2);
        beyond[0].Should().Contain("endpoint guest: no network has the bridge of").And.Contain("NetworkDefinition.Adopt");
        beyond[1].Should().Contain("is of endpoint guest, which has no record here, and keeps its rules");
        world.Host.RunOk("nft list ruleset").Should().Contain(inside.Id);
        after.EnsureNetwork(theirs);
        after.Rebuild().Restored.Lines().Should().ContainSingle().Which.Should().Contain("endpoint guest: its record was lost");

        after.Detach("guest").Should().BeTrue();
        inside.Place.RunOk("ip -br link show type veth").Should().BeEmpty();
    }

    /// <summary>Ports in one order; a namespace may have several paths.</summary>
    private static Endpoint Comparable(Endpoint endpoint) =>
        endpoint with { SandboxPath = "", Ports = ValueList.From(endpoint.Ports.OrderBy(port => port.ToString(), StringComparer.Ordinal)) };

    private static string Links(DriverWorld world) => string.Join('\n', Snapshot.LinksOf(world.Host));

    /// <summary>All files but the note which boot it is.</summary>
    private static void Lose(DriverWorld world)
    {
        foreach (string directory in new[] { "networks", "endpoints", "names", "cursors", "locks", "addresses" })
        {
            DirectoryInfo lost = new(Path.Combine(world.StateDirectory, directory));
            lost.EnumerateFileSystemInfos("*", SearchOption.AllDirectories).OfType<FileInfo>().ToList().ForEach(file => file.Delete());
        }
    }
}
