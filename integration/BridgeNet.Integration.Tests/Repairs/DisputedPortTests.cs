using System.Text.Json.Nodes;

using BridgeNet.Integration.Tests.Stories;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Repairs;

/// <summary>A port that stands in two records, because processes died between writing it down and publishing it.</summary>
public sealed class DisputedPortTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_is_whose_the_kernel_says_and_if_that_says_nothing_one_of_them_gets_it(bool isPublished)
    {
        using DriverWorld world = new();
        Container[] containers =
            [world.Attach(DriverWorld.Publishing("8080:80") with { Keep = true }), world.Attach(new EndpointRequest { Keep = true })];
        Container owner = containers[0];
        JsonNode ports = Read(world, owner)["ports"]!;
        JsonNode second = Read(world, containers[1]);
        second["ports"] = ports.DeepClone();
        File.WriteAllText(PathOf(world, containers[1]), second.ToJsonString());
        if (!isPublished)
        {
            world.Host.RunOk(
                "nft 'flush map inet bridgenet publish_any4; flush map inet bridgenet publish_any6; flush map inet bridgenet claims_tcp4; "
                    + "flush map inet bridgenet claims_tcp6; flush map inet bridgenet open4; flush set inet bridgenet traffic4'");
            owner = containers.MinBy(container => container.Id, StringComparer.Ordinal)!;
        }

        RepairReport report = world.Driver.Repair();

        report.Restored.Lines().Should().Contain(line => line.Contains("had become another's", StringComparison.Ordinal));
        world.Driver.Endpoints.Where(endpoint => endpoint.Ports.Count > 0).Should().ContainSingle().Which.Id.Should().Be(owner.Id);
        world.Host.RunOk("nft list map inet bridgenet publish_any4").Should().Contain(owner.Id);
        world.Driver.Repair().IsClean.Should().BeTrue();
    }

    [Theory]
    [InlineData("8080:80", "127.0.0.1:8080:80")]
    [InlineData("127.0.0.1:8080:80", "0.0.0.0:8080:80")]
    public void A_port_at_one_address_and_the_same_at_all_are_one_of_them(string published, string written)
    {
        using DriverWorld world = new();
        Container[] containers =
            [world.Attach(DriverWorld.Publishing(published) with { Keep = true }), world.Attach(new EndpointRequest { Keep = true })];
        JsonNode second = Read(world, containers[1]);
        second["ports"] = new JsonArray(Port(PortSpec.Parse(written)));
        string path = PathOf(world, containers[1]), record = second.ToJsonString();
        File.WriteAllText(path, record);
        RepairReport check = world.Driver.Check();
        string checkedRecord = File.ReadAllText(path);

        RepairReport report = world.Driver.Repair();

        checkedRecord.Should().Be(record, "a check changes no record");
        check.Findings.Lines().Should().BeEquivalentTo(report.Findings.Lines());
        report.Restored.Lines().Should().Contain(line => line.Contains("had become another's", StringComparison.Ordinal));
        world.Driver.Endpoints.Where(endpoint => endpoint.Ports.Count > 0).Should().ContainSingle().Which.Id.Should().Be(containers[0].Id);
        world.Driver.Repair().IsClean.Should().BeTrue();
    }

    [Fact]
    public void A_port_in_doubt_stays_in_doubt_when_another_is_unpublished_and_its_new_owner_keeps_it()
    {
        using DriverWorld world = new();
        Container doubtful = world.Attach(DriverWorld.Publishing("8080:80", "7000:70") with { Keep = true });
        JsonNode record = Read(world, doubtful);
        record["ports"]!.AsArray().Add(Port(PortSpec.Parse("0.0.0.0:9090:80"))); // as a publish that was killed leaves it
        record["portsInDoubt"] = true;
        File.WriteAllText(PathOf(world, doubtful), record.ToJsonString());
        Container owner = world.Attach(DriverWorld.Publishing("9090:80") with { Keep = true });

        world.Driver.Unpublish(doubtful.Id, PortSpec.Parse("7000:70"));
        world.Driver.Detach(doubtful.Id);

        using WebServer server = WebServer.Start(owner.Place, "the owner's");
        world.Server.RunOk("curl -sf -m 3 http://192.0.2.1:9090/").Should().Contain("the owner's");
        world.Driver.Repair().IsClean.Should().BeTrue();
    }

    [Theory]
    [InlineData("8080:80")]
    [InlineData("8080:90")]
    public void What_was_written_down_and_never_published_gives_way_to_what_is(string published)
    {
        using DriverWorld world = new();
        Container web = world.Attach(new EndpointRequest { Name = "web", Keep = true });
        JsonNode record = Read(world, web);
        record["ports"] = new JsonArray(Port(PortSpec.Parse("0.0.0.0:8080:80")));
        File.WriteAllText(PathOf(world, web), record.ToJsonString());

        Endpoint after = world.Driver.Publish("web", PortSpec.Parse(published));

        after.Ports.Select(port => $"{port}").Should().Equal($"0.0.0.0:{published.Replace(":", "->", StringComparison.Ordinal)}/tcp");
        world.Driver.Repair().IsClean.Should().BeTrue();
    }

    [Fact]
    public void Of_two_that_one_endpoint_wrote_down_the_one_that_is_published_stays()
    {
        using DriverWorld world = new();
        Container web = world.Attach(DriverWorld.Publishing("0.0.0.0:8080:90") with { Name = "web", Keep = true });
        JsonNode record = Read(world, web);
        record["ports"]!.AsArray().Insert(0, Port(PortSpec.Parse("0.0.0.0:8080:80")));
        File.WriteAllText(PathOf(world, web), record.ToJsonString());

        world.Driver.Repair().IsClean.Should().BeFalse();

        world.Driver.GetEndpoint("web").Ports.Should().ContainSingle().Which.ContainerPort.Should().Be(90);
        world.Driver.Repair().IsClean.Should().BeTrue();
    }

    [Theory]
    [InlineData("8080:80")]
    [InlineData("8080:90")]
    public void Its_own_port_is_not_published_twice(string again)
    {
        using DriverWorld world = new();
        world.Attach(DriverWorld.Publishing("8080:80") with { Name = "web", Keep = true });

        Action publish = () => world.Driver.Publish("web", PortSpec.Parse(again));

        publish.Should().Throw<PortConflictException>().WithMessage("*endpoint web has published it*");
        world.Driver.GetEndpoint("web").Ports.Should().ContainSingle().Which.ContainerPort.Should().Be(80);
    }

    [Fact]
    public async Task Who_wrote_a_port_down_and_died_takes_it_from_nobody()
    {
        using DriverWorld world = new();
        Container dead = world.Attach(DriverWorld.Publishing("0.0.0.0:9090:80") with { Keep = true });
        JsonNode record = Read(world, dead);
        record["ports"]!.AsArray().Add(Port(PortSpec.Parse("0.0.0.0:8080:80"))); // of which all is there but its number
        record["portsInDoubt"] = true; // as a publish leaves it that was killed before it asked the kernel
        File.WriteAllText(PathOf(world, dead), record.ToJsonString());
        Container web = world.Attach(DriverWorld.Publishing("0.0.0.0:8080:80") with { Name = "web", Keep = true });
        using WebServer page = WebServer.Start(web.Place, "web's");

        world.Driver.Detach(dead.Id);

        (await world.Server.GetAsync("http://192.0.2.1:8080/")).Should().Be("web's");
        world.Driver.Repair().IsClean.Should().BeTrue();
    }

    [Fact]
    public void Ports_are_in_doubt_while_they_change_and_a_repair_ends_it()
    {
        using DriverWorld world = new();
        Container web = world.Attach(DriverWorld.Publishing("0.0.0.0:8080:80") with { Name = "web", Keep = true });
        world.Driver.Publish("web", PortSpec.Parse("0.0.0.0:8081:81"));
        world.Driver.Unpublish("web", PortSpec.Parse("0.0.0.0:8081:81"));
        bool after = Read(world, web)["portsInDoubt"]!.GetValue<bool>();
        world.Host.RunOk("nft delete element inet bridgenet publish_any4 '{ tcp . 8080 }'");
        JsonNode record = Read(world, web);
        record["portsInDoubt"] = true;
        File.WriteAllText(PathOf(world, web), record.ToJsonString());

        world.Driver.Repair().Restored.Lines().Should().NotBeEmpty();

        (after, Read(world, web)["portsInDoubt"]!.GetValue<bool>()).Should().Be((false, false));
        world.Driver.Repair().IsClean.Should().BeTrue();
    }

    private static JsonObject Port(PortSpec spec) => new JsonObject
    {
        ["hostAddress"] = spec.HostAddress!.ToString(),
        ["hostPort"] = spec.HostPorts!.Value.First,
        ["containerPort"] = spec.ContainerPorts.First,
        ["protocol"] = "tcp",
    };

    private static JsonNode Read(DriverWorld world, Container container) => JsonNode.Parse(File.ReadAllText(PathOf(world, container)))!;

    private static string PathOf(DriverWorld world, Container container) => Path.Combine(world.StateDirectory, $"endpoints/{container.Id}.json");
}
