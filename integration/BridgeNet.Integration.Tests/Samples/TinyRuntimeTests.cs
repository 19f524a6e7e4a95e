using BridgeNet.Integration.Tests.Stories;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Samples;

/// <summary>The embedding sample with real runtimes, each command a process of its own: it has restarted between any two.</summary>
public sealed class TinyRuntimeTests
{
    [Theory]
    [InlineData("runc")]
    [InlineData("crun")]
    public async Task A_container_serves_is_found_after_a_restart_and_leaves_nothing(string runtime)
    {
        using World world = new();
        using TinyRuntimeHost tiny = new(world.Host, runtime);

        tiny.RunOk("run -d --name web -p 8080:80 busybox httpd -f");
        string page = await world.Server.GetOnceServedAsync("http://192.0.2.1:8080/");
        string listed = tiny.RunOk("ps");
        string inside = tiny.RunOk("exec web ip -4 addr");
        string stopped = tiny.RunOk("stop web");

        page.Should().Be("hello from web\n");
        listed.Should().StartWith("web\trunning\t172.17.0.2\t").And.Contain("8080");
        inside.Should().Contain("172.17.0.2/16");
        stopped.Should().Be("web\n");
        tiny.RunOk("ps").Should().BeEmpty();
        world.Host.RunOk("ip -br link show type veth | grep -v '^eth0' || true").Should().BeEmpty();
        world.Host.RunOk("nft list ruleset").Should().NotContainAny("172.17.0.2", "8080");
    }

    [Fact]
    public void A_container_in_the_foreground_detaches_when_it_ends()
    {
        using World world = new();
        using TinyRuntimeHost tiny = new(world.Host, "runc");

        CommandResult result = tiny.Run("run --name once -p 8080:80 busybox ip -4 addr");

        result.Output.Should().Contain("172.17.0.2/16");
        world.Host.RunOk("ip -br link show type veth | grep -v '^eth0' || true").Should().BeEmpty();
        tiny.RunOk("ps").Should().BeEmpty();
    }

    [Fact]
    public void Several_start_and_stop_together_while_somebody_watches()
    {
        using World world = new();
        using TinyRuntimeHost tiny = new(world.Host, "runc");
        using BackgroundProcess events = tiny.Start("events");
        events.Until(() => events.Output.Contains("watching", StringComparison.Ordinal), "it watches");

        tiny.RunOk("run --name many --count 3 -p 80 busybox httpd -f");
        string listed = tiny.RunOk("ps");
        tiny.RunOk("stop --all");

        listed.Trim().Split('\n').Select(line => line.Split('\t')[2]).Should().OnlyHaveUniqueItems().And.HaveCount(3);
        events.Until(() => events.Output.Contains("stop many-3", StringComparison.Ordinal), "the last one's end");
        events.Output.Should().Contain("start many-1").And.Contain("stop many-1");
        tiny.RunOk("ps").Should().BeEmpty();
    }

    [Fact]
    public void A_refused_container_is_reported_in_one_line_and_leaves_nothing()
    {
        using World world = new();
        using TinyRuntimeHost tiny = new(world.Host, "runc");
        tiny.RunOk("run -d --name web -p 8080:80 busybox httpd -f");

        CommandResult twice = tiny.Run("run -d --name web busybox httpd -f");
        CommandResult taken = tiny.Run("run -d --name other -p 8080:80 busybox httpd -f");
        CommandResult program = tiny.Run("run -d --name third busybox no-such-program");

        twice.Errors.Should().Be("tinyruntime: there is a container web: choose another name, or stop that one\n");
        taken.Errors.Should().StartWith("tinyruntime: ").And.Contain("8080").And.Contain("web");
        program.Errors.Should().Contain("no-such-program");
        tiny.RunOk("ps").Trim().Split('\n').Should().HaveCount(1);
        world.Host.RunOk("ip -br link show type veth | grep -vc '^eth0'").Should().Be("1\n");
        tiny.RunOk("stop web");
    }
}
