using System.Text.Json.Nodes;

namespace BridgeNet.Integration.Tests.Cni;

/// <summary>The plugin bandwidth by itself.</summary>
public sealed class BandwidthTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_DEL_of_bandwidth_alone_lifts_the_limits_and_the_container_still_answers(bool isAddedByReference)
    {
        using CniWorld world = new();
        JsonNode bridged = world.AddChain(world.Plugins, [world.Chain()[0]!.DeepClone()]);
        JsonObject bandwidth = Limits(rate: 8_000_000, burst: 800_000);
        JsonNode limited = Add(world, isAddedByReference ? CniWorld.Reference : world.Plugins, bandwidth, bridged);

        world.Call(Path.Combine(world.Plugins, "bandwidth"), "DEL", CniWorld.With(bandwidth, limited)).OrThrow();

        world.Host.Run("ping -c 1 -W 5 10.9.0.2").ExitCode.Should().Be(0);
        world.Host.RunOk("tc qdisc show").Should().NotContain("tbf");
        world.Host.RunOk("ip -br link show type ifb").Should().NotContain("bwp");
    }

    [Fact]
    public void A_DEL_of_bandwidth_alone_leaves_other_people_s_filters_and_qdiscs()
    {
        using CniWorld world = new();
        JsonNode bridged = world.AddChain(world.Plugins, [world.Chain()[0]!.DeepClone()]);
        string veth = world.Veths().Trim().Split('@')[0];
        world.Host.RunOk($"tc qdisc add dev {veth} ingress; tc filter add dev {veth} ingress prio 7 protocol ip u32 match u32 0 0 flowid 1:1");
        JsonObject bandwidth = Limits(rate: 8_000_000, burst: 800_000);
        JsonNode limited = Add(world, world.Plugins, bandwidth, bridged);
        world.Host.RunOk($"tc qdisc replace dev {veth} root pfifo limit 77");

        world.Call(Path.Combine(world.Plugins, "bandwidth"), "DEL", CniWorld.With(bandwidth, limited)).OrThrow();

        world.Host.RunOk($"tc filter show dev {veth} ingress").Should().Contain("pref 7").And.NotContain("mirred");
        world.Host.RunOk($"tc qdisc show dev {veth}").Should().Contain("pfifo").And.Contain("ingress");
    }

    [Fact]
    public void A_burst_below_one_packet_lets_full_size_packets_through()
    {
        using CniWorld world = new();
        JsonNode bridged = world.AddChain(world.Plugins, [world.Chain()[0]!.DeepClone()]);
        JsonObject bandwidth = Limits(rate: 8_000_000, burst: 8_000);

        JsonNode limited = Add(world, world.Plugins, bandwidth, bridged);

        world.Host.Run("ping -c 1 -W 5 -M do -s 1472 10.9.0.2").ExitCode.Should().Be(0);
        world.Call(Path.Combine(world.Plugins, "bandwidth"), "CHECK", CniWorld.With(bandwidth, limited)).OrThrow();
    }

    [Theory]
    [InlineData(8_000_000, 800_000)]
    [InlineData(10_000_000, 2_147_483_647)]
    [InlineData(1_000_000, 2_147_483_647)]
    [InlineData(1_234_567, 7_654_321)]
    [InlineData(1_000_000_000, 2_147_483_647)]
    public void Each_implementation_s_CHECK_finds_the_limits_that_the_other_set(long rate, long burst)
    {
        foreach (bool isSetByReference in (bool[])[false, true])
        {
            using CniWorld world = new();
            JsonNode bridged = world.AddChain(world.Plugins, [world.Chain()[0]!.DeepClone()]);
            JsonObject bandwidth = Limits(rate, burst);

            JsonNode limited = Add(world, isSetByReference ? CniWorld.Reference : world.Plugins, bandwidth, bridged);
            string checker = isSetByReference ? world.Plugins : CniWorld.Reference;

            world.Call(Path.Combine(checker, "bandwidth"), "CHECK", CniWorld.With(bandwidth, limited)).Output
                .Should().BeEmpty($"{checker} checks it");
        }
    }

    [Fact]
    public void GC_removes_an_ifb_that_its_container_left_behind_and_none_that_is_being_made()
    {
        const string Made = "bwp0123456789ab", Left = "bwpba9876543210", Used = "bwp111111111111";
        using CniWorld world = new();
        world.Host.RunOk($"for n in {Made} {Left} {Used}; do ip link add $n type ifb; ip link set $n up; done");
        world.Host.RunOk($"for n in {Left} {Used}; do tc qdisc add dev $n root tbf rate 8mbit burst 100k latency 25ms; done");
        world.Host.RunOk("ip link add v1 type veth peer name v2; tc qdisc add dev v1 ingress");
        world.Host.RunOk($"tc filter add dev v1 ingress prio 1 u32 match u32 0 0 action mirred egress redirect dev {Used}");
        JsonObject collection = Limits(rate: 8_000_000, burst: 800_000);
        collection["cniVersion"] = "1.1.0";
        collection["cni.dev/valid-attachments"] = new JsonArray();

        world.Call(Path.Combine(world.Plugins, "bandwidth"), "GC", collection).OrThrow();

        string links = world.Host.RunOk("ip -br link show type ifb");
        links.Should().Contain(Made).And.Contain(Used).And.NotContain(Left);
    }

    /// <summary>GC relies on it: see the test above.</summary>
    [Fact]
    public void An_ifb_gets_its_bucket_after_the_filter_that_leads_to_it()
    {
        using CniWorld world = new();
        JsonNode bridged = world.AddChain(world.Plugins, [world.Chain()[0]!.DeepClone()]);
        JsonObject bandwidth = Limits(rate: 8_000_000, burst: 800_000);
        bandwidth.Remove("ingressRate");
        bandwidth.Remove("ingressBurst");
        string traced = Path.Combine(world.Plugins, "traced");
        File.WriteAllText(traced, $"#!/bin/sh\nBRIDGENET_TRACE=netlink exec {world.Plugins}/bandwidth\n");
        File.SetUnixFileMode(traced, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        string trace = world.Call(traced, "ADD", CniWorld.With(bandwidth, bridged)).OrThrow().Errors;

        trace.Should().Contain("RTM_NEWTFILTER").And.Contain("tbf");
        trace.IndexOf("RTM_NEWTFILTER", StringComparison.Ordinal).Should().BeLessThan(trace.IndexOf("tbf", StringComparison.Ordinal));
    }

    private static JsonNode Add(CniWorld world, string directory, JsonObject bandwidth, JsonNode bridged) =>
        JsonNode.Parse(world.Call(Path.Combine(directory, "bandwidth"), "ADD", CniWorld.With(bandwidth, bridged)).OrThrow().Output)!;

    private static JsonObject Limits(long rate, long burst) => new()
    {
        ["cniVersion"] = "1.0.0",
        ["name"] = "net1",
        ["type"] = "bandwidth",
        ["ingressRate"] = rate,
        ["ingressBurst"] = burst,
        ["egressRate"] = rate,
        ["egressBurst"] = burst,
    };
}
