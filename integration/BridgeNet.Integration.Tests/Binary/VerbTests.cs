using System.Text.Json;

using BridgeNet.Integration.Tests.Stories;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Binary;

public sealed class VerbTests : IDisposable
{
    /// <summary>What the design allows an attach with one port, in system calls on netlink sockets.</summary>
    private const int NetlinkCalls = 40;

    private readonly BinaryWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void An_endpoint_goes_from_attach_by_inspect_and_publish_to_detach()
    {
        Netns container = _world.World.AddContainer();

        _world.RunOk("attach", container.Path, "--name", "web", "-p", "8080:80").Should().Contain("web").And.Contain("172.17.0.2/16");
        _world.RunOk("publish", "web", "9090:90/udp");
        JsonElement web = JsonDocument.Parse(_world.RunOk("inspect", "web")).RootElement[0];
        _world.RunOk("unpublish", "web", "9090:90/udp");
        _world.RunOk("detach", "web");

        web.GetProperty("Bridge").GetString().Should().Be("docker0");
        web.GetProperty("SandboxKey").GetString().Should().Be(container.Path);
        web.GetProperty("IPAddress").GetString().Should().Be("172.17.0.2");
        web.GetProperty("IPPrefixLen").GetInt32().Should().Be(16);
        web.GetProperty("Gateway").GetString().Should().Be("172.17.0.1");
        web.GetProperty("MacAddress").GetString().Should().Be("02:42:ac:11:00:02");
        web.GetProperty("Ports").GetProperty("80/tcp")[0].GetProperty("HostPort").GetString().Should().Be("8080");
        web.GetProperty("Ports").GetProperty("90/udp")[0].GetProperty("HostPort").GetString().Should().Be("9090");
        web.GetProperty("Networks").GetProperty("bridge").GetProperty("IPAddress").GetString().Should().Be("172.17.0.2");
        _world.RunOk("ls", "-q").Should().BeEmpty();
    }

    [Fact]
    public void What_attach_cannot_tell_its_caller_it_takes_back()
    {
        _world.RunOk("network", "create", "bridge");
        Netns container = _world.World.AddContainer();
        string before = _world.Host.RunOk("ip -o link | cut -d: -f2; nft -s list ruleset");

        CommandResult result = Shell($"attach {container.Path} --name web -p 8080:80 > /dev/full");

        result.ExitCode.Should().Be(1);
        result.Errors.Should().Be("bridgenet: write: ENOSPC (No space left on device)\n");
        _world.Host.RunOk("ip -o link | cut -d: -f2; nft -s list ruleset").Should().Be(before);
        _world.RunOk("ls", "-q").Should().BeEmpty();
    }

    [Theory]
    [InlineData("<&- >&- 2>&-")]
    [InlineData(">&-")]
    [InlineData("2> /dev/full")]
    public void Without_its_standard_streams_a_verb_does_what_it_was_told(string streams)
    {
        Netns container = _world.World.AddContainer();

        Shell($"attach {container.Path} --name web -p 8080:80 {streams}").ExitCode.Should().Be(0);
        Shell($"attach /no/such/namespace {streams}").ExitCode.Should().Be(1);

        _world.RunOk("ls", "-q").Should().NotBeEmpty();
        _world.RunOk("detach", "web");
    }

    [Fact]
    public void Stats_tells_of_several_endpoints_and_of_those_that_are_not_there()
    {
        _world.RunOk("attach", _world.World.AddContainer().Path, "--name", "web");
        _world.RunOk("attach", _world.World.AddContainer().Path, "--name", "db");

        CommandResult result = _world.Run("stats", "web", "none", "db");

        result.ExitCode.Should().Be(1);
        result.Errors.Should().StartWith("bridgenet: ").And.Contain("none");
        result.Output.Should().MatchRegex("(?s)^web:\nreceived .*\nsent .*\ndb:\nreceived .*\nsent ");
        _world.RunOk("stats", "web").Should().StartWith("received ");
    }

    [Fact]
    public void Publish_notes_which_IPv6_clients_the_port_cannot_serve()
    {
        Netns container = _world.World.AddContainer();

        string attach = _world.Run("attach", container.Path, "--name", "web").OrThrow().Errors;
        string everywhere = _world.Run("publish", "web", "8080:80").OrThrow().Errors;
        string somewhere = _world.Run("publish", "web", "127.0.0.1:8081:80").OrThrow().Errors;

        attach.Should().BeEmpty();
        everywhere.Should().StartWith("bridgenet: note: IPv6 clients, ::1 among them, do not reach the ports of web").And.Contain("127.0.0.1");
        somewhere.Should().BeEmpty();
    }

    [Fact]
    public void Without_IPv4_it_notes_that_localhost_needs_a_process()
    {
        Netns container = _world.World.AddContainer();
        _ = _world.RunOk("network", "create", "six", "--ipv4=false", "--ipv6");

        string attach = _world.Run("attach", container.Path, "--network", "six", "--name", "web", "-p", "8080:80").OrThrow().Errors;

        attach.Should().StartWith("bridgenet: note: clients at 127.0.0.1 and ::1 do not reach the ports of web").And.Contain("bridgenet run");
    }

    [Fact]
    public void Ls_shows_endpoints_of_a_network_whose_record_was_cut_off()
    {
        _ = _world.RunOk("attach", _world.World.AddContainer().Path, "--name", "web", "-p", "8080:80");
        string record = $"{_world.World.StateDirectory}/networks/bridge.json";
        File.WriteAllText(record, File.ReadAllText(record)[..20]);

        JsonElement web = JsonDocument.Parse(_world.RunOk("ls", "--json")).RootElement[0];
        _ = _world.RunOk("detach", "web");

        web.GetProperty("IPAddress").GetString().Should().Be("172.17.0.2");
        web.GetProperty("Networks").GetProperty("bridge").GetProperty("EndpointID").GetString().Should().Be(web.GetProperty("Id").GetString());
    }

    [Fact]
    public void The_binary_needs_no_shared_library_and_no_configuration_file()
    {
        using Scratch root = new();
        File.Copy(BinaryWorld.Path, root.At("bridgenet"));
        Directory.CreateDirectory(root.At("proc"));
        Directory.CreateDirectory(root.At("dev"));
        File.Create(root.At("dev/urandom")).Dispose();
        string mounts = $"mount -t proc proc {root.At("proc")} && mount --bind /dev/urandom {root.At("dev/urandom")}";
        CommandResult RunInRoot(string verb) =>
            _world.Host.Run($"unshare --mount sh -c '{mounts} && exec chroot {root.Path} /bridgenet --state-dir /state {verb}'");

        CommandResult create = RunInRoot("network create --ipv6 dual");
        CommandResult inspect = RunInRoot("network inspect dual");

        create.OrThrow();
        inspect.OrThrow().Output.Should().Contain("172.18.0.0/16").And.MatchRegex("fd[0-9a-f:]+::/64", "its subnet is a hash");
    }

    [Fact]
    public void Attach_and_detach_start_no_process()
    {
        Netns container = _world.World.AddContainer();
        string[] onlyExec = ["-e", "trace=execve,execveat,fork,vfork"];

        (CommandResult attach, string[] attached) = _world.Trace(onlyExec, "attach", container.Path, "--name", "web", "-p", "8080:80");
        (CommandResult detach, string[] detached) = _world.Trace(onlyExec, "detach", "web");

        attach.OrThrow();
        detach.OrThrow();
        attached.Where(IsStart).Should().ContainSingle("the binary's own");
        detached.Where(IsStart).Should().ContainSingle("the binary's own");
    }

    [Fact]
    public void Attach_with_a_port_needs_few_calls_on_netlink_sockets()
    {
        Netns first = _world.World.AddContainer(), second = _world.World.AddContainer();
        _world.RunOk("attach", first.Path);

        (CommandResult attach, string[] calls) = _world.Trace([], "attach", second.Path, "--name", "web", "-p", "8080:80");

        attach.OrThrow();
        calls.Count(call => call.Contains("NETLINK", StringComparison.Ordinal)).Should().BeInRange(10, NetlinkCalls);
    }

    [Fact]
    public void A_kernel_without_nf_tables_is_reported_before_anything_is_created()
    {
        Netns container = _world.World.AddContainer();
        string before = _world.Snapshot();
        (_, string[] calls) = _world.Trace(["-e", "trace=socket", "-e", "inject=socket:error=EPROTONOSUPPORT:when=1+"], "attach", container.Path);
        calls.Should().Contain(call => call.Contains("NETLINK_NETFILTER", StringComparison.Ordinal), "it is the first socket of all");

        // twice, for what is refused to one thread is tried by one of its own
        (CommandResult result, _) = _world.Trace(
            ["-e", "trace=socket", "-e", "inject=socket:error=EPROTONOSUPPORT:when=1..2"], "attach", container.Path);

        result.ExitCode.Should().Be(1);
        result.Errors.Should().StartWith("bridgenet: packet rules: the kernel cannot do them").And.Contain("CONFIG_NF_TABLES_INET");
        result.Errors.Trim().Should().NotContain("\n");
        _world.Snapshot().Should().Be(before);
    }

    [Fact]
    public async Task An_unpublish_that_is_killed_leaves_the_port_s_next_owner_alone()
    {
        Netns first = _world.World.AddContainer(), second = _world.World.AddContainer();
        _world.RunOk("attach", first.Path, "--name", "first", "-p", "9090:80", "-p", "8080:80");
        // the first renaming writes the doubt down, the second what is left
        (CommandResult killed, _) = _world.Trace(
            ["-e", "trace=renameat", "-e", "inject=renameat:signal=SIGKILL:when=2"], "unpublish", "first", "8080:80");
        _world.RunOk("attach", second.Path, "--name", "second", "-p", "8080:80");
        using WebServer page = WebServer.Start(second, "second's");

        _world.RunOk("detach", "first");

        killed.ExitCode.Should().NotBe(0);
        (await _world.World.Server.GetAsync("http://192.0.2.1:8080/")).Should().Be("second's");
    }

    [Fact]
    public async Task A_publish_that_is_killed_leaves_the_port_s_next_owner_alone()
    {
        Netns first = _world.World.AddContainer(), second = _world.World.AddContainer();
        _world.RunOk("attach", first.Path, "--name", "first", "-p", "9090:80"); // so that of the next one all is there but its number
        (CommandResult killed, _) = _world.Trace(["-e", "trace=sendto", "-e", "inject=sendto:signal=SIGKILL:when=1"], "publish", "first", "8080:80");
        _world.RunOk("attach", second.Path, "--name", "second", "-p", "8080:80");
        using WebServer page = WebServer.Start(second, "second's");

        _world.RunOk("detach", "first");

        killed.ExitCode.Should().NotBe(0);
        (await _world.World.Server.GetAsync("http://192.0.2.1:8080/")).Should().Be("second's");
    }

    [Fact]
    public void A_process_without_privileges_is_told_which_capability_it_lacks()
    {
        Netns container = _world.World.AddContainer();
        string before = _world.Snapshot();

        CommandResult result = _world.Host.Run(
            "setpriv", "--bounding-set", "-net_admin", "--inh-caps", "-net_admin", "--ambient-caps", "-all",
            BinaryWorld.Path, "--state-dir", _world.World.StateDirectory, "attach", container.Path);

        result.ExitCode.Should().Be(1);
        result.Errors.Should().Contain("CAP_NET_ADMIN");
        _world.Snapshot().Should().Be(before);
    }

    [Theory]
    [InlineData(1, "attach", "/etc/passwd")]
    [InlineData(1, "attach", "/nowhere")]
    [InlineData(1, "detach", "nobody")]
    [InlineData(2, "attach")]
    [InlineData(2, "frobnicate")]
    [InlineData(2, "attach", "/nowhere", "-p", "99999:80")]
    [InlineData(2, "attach", "/nowhere", "--ifname", "a-name-that-is-too-long")]
    [InlineData(2, "network", "create", "x", "--subnet", "10.1")]
    [InlineData(2, "network", "create", "x", "--subnet", "10.1.2.3/24")]
    public void A_refusal_is_one_line_on_stderr_and_an_exit_status(int status, params string[] arguments)
    {
        CommandResult result = _world.Run(arguments);

        result.ExitCode.Should().Be(status);
        result.Output.Should().BeEmpty();
        result.Errors.Should().StartWith("bridgenet: ").And.NotContain("   at ");
    }

    [Theory]
    [InlineData("inspect", "nobody")]
    [InlineData("network", "inspect", "nothing")]
    public void Inspect_of_an_unknown_endpoint_prints_an_empty_array_and_fails_as_docker_does(params string[] arguments)
    {
        CommandResult result = _world.Run(arguments);

        result.ExitCode.Should().Be(1);
        result.Output.Trim().Should().Be("[]");
        result.Errors.Should().StartWith("bridgenet: ").And.Contain(arguments[^1]);
    }

    [Fact]
    public void The_demo_tells_the_story_and_leaves_nothing()
    {
        using Netns bare = Netns.Create("demo");
        string before = bare.RunOk("ip -o link | cut -d: -f2; nft list ruleset");

        string story = bare.Run(BinaryWorld.Path, "demo").OrThrow().Output;

        story.Should().Contain("172.17.0.1/16").And.Contain("http://localhost:8080").And.Contain("cleaned up");
        bare.RunOk("ip -o link | cut -d: -f2; nft list ruleset").Should().Be(before);
        bare.ProcessIds().Should().BeEmpty();
    }

    [Fact]
    public void The_demo_does_not_touch_an_existing_docker0()
    {
        using Netns bare = Netns.Create("demo");
        bare.RunOk("ip link add docker0 type bridge && ip addr add 172.17.0.1/16 dev docker0 && ip link set docker0 up");
        string before = bare.RunOk("ip -4 -o addr show docker0; ip -o link show docker0");

        string story = bare.Run(BinaryWorld.Path, "demo").OrThrow().Output;

        story.Should().Contain("docker0 is there");
        bare.RunOk("ip -4 -o addr show docker0; ip -o link show docker0").Should().Be(before);
    }

    private static bool IsStart(string call) => call.Contains("execve", StringComparison.Ordinal) || call.Contains("fork(", StringComparison.Ordinal);

    private CommandResult Shell(string words) =>
        _world.Host.Run("sh", "-c", $"{BinaryWorld.Path} --state-dir {_world.World.StateDirectory} {words}");
}
