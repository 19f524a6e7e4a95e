using System.Text.Json.Nodes;

using BridgeNet.Integration.Tests.Stories;

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
        Container[] containers = [world.Attach(DriverWorld.Publishing("8080:80") with { Keep = true }), world.Attach(new EndpointRequest { Keep = true })];
        Container owner = containers[0];
        JsonNode ports = Read(world, owner)["ports"]!;
        JsonNode second = Read(world, containers[1]);
        second["ports"] = ports.DeepClone();
        File.WriteAllText(PathOf(world, containers[1]), second.ToJsonString());
        if (!isPublished)
        {
            world.Host.RunOk("nft 'flush map inet bridgenet publish_any4; flush map inet bridgenet publish_any6; flush map inet bridgenet claims; flush map inet bridgenet open4; flush set inet bridgenet traffic4'");
            owner = containers.MinBy(container => container.Id, StringComparer.Ordinal)!;
        }

        RepairReport report = world.Driver.Repair();

        report.Restored.Should().Contain(line => line.Contains("had become another's", StringComparison.Ordinal));
        world.Driver.Endpoints.Where(endpoint => endpoint.Ports.Count > 0).Should().ContainSingle().Which.Id.Should().Be(owner.Id);
        world.Host.RunOk("nft list map inet bridgenet publish_any4").Should().Contain(owner.Id);
        world.Driver.Repair().IsClean.Should().BeTrue();
    }

    private static JsonNode Read(DriverWorld world, Container container) => JsonNode.Parse(File.ReadAllText(PathOf(world, container)))!;

    private static string PathOf(DriverWorld world, Container container) => Path.Combine(world.StateDirectory, $"endpoints/{container.Id}.json");
}
