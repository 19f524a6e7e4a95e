using System.Text.Json;
using System.Text.Json.Nodes;

using BridgeNet.Integration.Tests.Binary;
using BridgeNet.Integration.Tests.Oci;
using BridgeNet.TestKit;

using Mono.Unix.Native;

namespace BridgeNet.Integration.Tests.Names;

/// <summary>Names with the binary: the server that starts with the first container and ends with the last, and the files of programs.</summary>
public sealed class BinaryNameTests : IDisposable
{
    private readonly BinaryWorld _world = new();

    public BinaryNameTests() => _world.RunOk("network", "create", "backend", "--subnet", "172.18.0.0/24");

    public void Dispose() => _world.Dispose();

    [Fact]
    public void The_first_attach_starts_a_name_server_and_the_last_detach_ends_it()
    {
        Netns web = Attach("web", "--alias", "www"), db = Attach("db");
        JsonElement status = Status();

        Dig(db, "www").Should().Be("172.18.0.2");
        Dig(web, "db").Should().Be("172.18.0.3");
        Servers().Should().ContainSingle();
        status.GetProperty("listeners")[0].GetString().Should().Be("172.18.0.1:10053");
        JsonElement settings = JsonDocument.Parse(_world.RunOk("inspect", "web")).RootElement[0].GetProperty("Networks").GetProperty("backend");
        settings.GetProperty("Aliases")[0].GetString().Should().Be("www");
        settings.GetProperty("NameServers")[0].GetString().Should().Be("172.18.0.1");

        _world.RunOk("detach", "web", "db");

        Eventually.Until(() => Servers().Count == 0, "the server's end");
        File.Exists(Path.Combine(_world.World.StateDirectory, "dns.status")).Should().BeFalse();
    }

    [Fact]
    public void However_quickly_containers_come_and_go_the_name_of_one_that_is_attached_is_answered()
    {
        Netns place = _world.World.AddContainer();
        for (int i = 0; i < 25; i++)
        {
            string attached = _world.RunOk("attach", place.Path, "--network", "backend", "--name", "web");
            Dig(place, "web").Should().Be(attached.Split(' ')[2].Split('/')[0], $"round {i}");
            _world.RunOk("detach", "web");
        }
    }

    [Fact]
    public void A_killed_server_is_started_again_by_repair_and_by_the_next_attach()
    {
        Netns web = Attach("web");

        Kill();
        string told = _world.RunOk("repair");
        string repaired = Dig(web, "web");
        Kill();
        Netns db = Attach("db");

        told.Should().Be("restored names: their server did not run\n");
        repaired.Should().Be("172.18.0.2");
        Dig(db, "web").Should().Be("172.18.0.2");
    }

    [Fact]
    public void A_watch_outlives_a_deleted_state_directory_and_has_names_served_again()
    {
        Netns web = Attach("web");
        using BackgroundProcess watch = _world.Start("watch");
        watch.Until(() => _world.Host.RunOk("nft list tables").Contains("bridgenet_standby", StringComparison.Ordinal), "the watch");

        foreach (string directory in Directory.GetDirectories(_world.World.StateDirectory))
        {
            Directory.Delete(directory, recursive: true);
        }
        _world.Host.RunOk("ip link set $(ip -br link show type bridge | cut -d' ' -f1) down");
        watch.Until(() => watch.Output.Contains("was deleted", StringComparison.Ordinal), "its report");
        _world.RunOk("repair", "--rebuild");

        watch.Until(() => Dig(web, "web") is "172.18.0.2", "the name");
        watch.Signal(Signum.SIGTERM);
        watch.WaitForExit().Should().Be(0, watch.Output);
    }

    [Fact]
    public void With_a_state_directory_whose_path_no_socket_can_have_names_are_served_too()
    {
        using Scratch scratch = new();
        string state = Path.Combine(scratch.Path, new string('x', 120));
        Netns web = _world.World.AddContainer();
        CommandResult Run(params string[] words) => _world.Host.Run(BinaryWorld.Path, ["--state-dir", state, .. words]);

        Run("network", "create", "far", "--subnet", "172.28.0.0/24").OrThrow();
        CommandResult attached = Run("attach", web.Path, "--network", "far", "--name", "web").OrThrow();

        attached.Errors.Should().BeEmpty();
        web.Run("dig +short +tries=1 +time=15 @172.28.0.1 web").Output.TrimEnd().Should().Be("172.28.0.2");
    }

    [Fact]
    public void A_network_without_DNS_starts_none()
    {
        _world.RunOk("network", "create", "plain", "--no-dns");

        _world.RunOk("attach", _world.World.AddContainer().Path, "--network", "plain");
        _world.RunOk("attach", _world.World.AddContainer().Path);

        Servers().Should().BeEmpty();
        JsonDocument.Parse(_world.RunOk("network", "inspect", "plain")).RootElement[0].GetProperty("Dns").GetBoolean().Should().BeFalse();
        _world.Run("network", "create", "x", "--dns", "--no-dns").Errors.Should().StartWith("bridgenet: --dns and --no-dns contradict each other");
    }

    [Fact]
    public void Where_another_program_has_the_servers_port_the_attach_warns_and_stands()
    {
        using BackgroundProcess other = _world.Host.Start("socat", "UDP4-RECVFROM:10053,fork", "SYSTEM:cat");
        other.Until(() => _world.Host.Listens(System.Net.Sockets.ProtocolType.Udp, 10053), "the other program's socket");

        CommandResult attached = _world.Run("attach", _world.World.AddContainer().Path, "--network", "backend", "--name", "web");

        attached.ExitCode.Should().Be(0);
        attached.Errors.Should().Match("bridgenet: warning: nobody answers for names at 172.18.0.1:10053: *Address already in use: *--no-dns*\n");
        _world.RunOk("ls").Should().Contain("web");
    }

    [Fact]
    public void A_server_in_the_foreground_serves_until_a_signal_and_a_second_one_names_its_process()
    {
        using BackgroundProcess server = _world.Start("dns");
        server.Until(() => File.Exists(Path.Combine(_world.World.StateDirectory, "dns.status")), "the server");
        Netns web = Attach("web");

        CommandResult second = _world.Run("dns");

        Dig(web, "web").Should().Be("172.18.0.2");
        second.ExitCode.Should().Be(1);
        second.Errors.Should().Contain($"process {server.Id} serves the names of {_world.World.StateDirectory}");
        _world.RunOk("dns", "status").Should().StartWith($"process {server.Id}: 1 networks, ");
        _world.RunOk("detach", "web");
        server.Signal(Signum.SIGTERM);
        server.WaitForExit().Should().Be(0);
        _world.Run("dns", "status").Errors.Should().StartWith("bridgenet: no name server answers, of ");
    }

    [Fact]
    public void A_server_in_the_foreground_takes_the_place_of_the_one_on_demand()
    {
        Netns web = Attach("web");
        int onDemand = Servers().Single();

        using BackgroundProcess server = _world.Start("dns");
        server.Until(() => Servers().Count == 0, "the end of the other one");
        Eventually.Until(() => _world.Run("dns", "status").Output.StartsWith($"process {server.Id}: ", StringComparison.Ordinal), "the status");
        string answer = Dig(web, "web");
        Netns db = Attach("db");

        onDemand.Should().NotBe(server.Id);
        answer.Should().Be("172.18.0.2");
        Dig(db, "web").Should().Be("172.18.0.2");
        Servers().Should().BeEmpty();
    }

    [Fact]
    public void Files_that_the_starter_of_attach_has_open_end_with_attach()
    {
        using Scratch scratch = new();
        Netns place = _world.World.AddContainer();

        string locked = _world.Host.RunOk(
            $"exec 9> {scratch.At("lock")}; flock 9; {BinaryWorld.Path} --state-dir {_world.World.StateDirectory} attach {place.Path} "
                + $"--network backend --name web > /dev/null; exec 9>&-; flock -n {scratch.At("lock")} echo free");

        locked.TrimEnd().Should().Be("free");
        Servers().Should().ContainSingle();
    }

    [Fact]
    public void A_service_of_the_library_counts_for_the_binary()
    {
        using NetworkNamespace host = NetworkNamespace.Open(_world.Host.Path);
        using BridgeDriver driver = BridgeDriver.Open(
            new BridgeDriverOptions { HostNamespace = host, StateDirectory = _world.World.StateDirectory });
        using NameService names = driver.ServeNames();

        Netns web = _world.World.AddContainer();
        CommandResult attached = _world.Run("attach", web.Path, "--network", "backend", "--name", "web");

        attached.Errors.Should().BeEmpty();
        Dig(web, "web").Should().Be("172.18.0.2");
        Servers().Should().BeEmpty();
        Status().GetProperty("process").GetInt32().Should().Be(Environment.ProcessId);
    }

    [Fact]
    public void The_program_of_run_has_hosts_and_resolv_conf_of_its_own_and_the_host_keeps_its_own()
    {
        string[] before = [File.ReadAllText("/etc/hosts"), File.ReadAllText("/etc/resolv.conf"), MountsOf("/etc/")];
        _ = Attach("web");

        string output = _world.Host.RunOk(
            $"umask 077; {BinaryWorld.Path} --state-dir {_world.World.StateDirectory} run --network backend --name job -- sh -c "
                + "'cat /etc/resolv.conf /etc/hosts; getent ahostsv4 web; ls $0; env; stat -c %a /etc/hosts /etc/resolv.conf' "
                + _world.World.StateDirectory);

        output.Should().StartWith("nameserver 172.18.0.1\n").And.Contain("options ndots:0");
        output.Should().Contain("172.18.0.3\tjob\n").And.MatchRegex("172\\.18\\.0\\.2 +STREAM web").And.NotContain("BRIDGENET_RUN");
        output.Should().Contain("644\n644\n").And.Contain("endpoints", "the state directory is there as before");
        before.Should().Equal(File.ReadAllText("/etc/hosts"), File.ReadAllText("/etc/resolv.conf"), MountsOf("/etc/"));
        MountsOf(_world.World.StateDirectory).Should().BeEmpty();
    }

    [Fact]
    public void Without_DNS_the_program_of_run_has_the_servers_of_the_host_that_it_can_reach()
    {
        string output = _world.RunOk("run", "--", "cat", "/etc/resolv.conf");

        string[] reachable = [.. File.ReadLines("/etc/resolv.conf").Where(line => line.StartsWith("nameserver", StringComparison.Ordinal)
            && !line.Contains(" 127.", StringComparison.Ordinal) && !line.Contains(':', StringComparison.Ordinal))];
        output.Split('\n').Where(line => line.StartsWith("nameserver", StringComparison.Ordinal)).Should().Equal(reachable.Take(3));
    }

    [Fact]
    public void Attach_writes_the_files_that_it_is_asked_for_or_leaves_nothing()
    {
        using Scratch scratch = new();

        Netns other = _world.World.AddContainer();

        _ = Attach("web", "--resolv-conf", scratch.At("r"), "--hosts", scratch.At("h"));
        CommandResult refused = _world.Run(
            "attach", other.Path, "--network", "backend", "--name", "db", "--resolv-conf", scratch.At("no/such/place"));

        File.ReadAllText(scratch.At("r")).Should().StartWith("nameserver 172.18.0.1\n");
        File.ReadAllText(scratch.At("h")).Should().EndWith("172.18.0.2\tweb\n");
        refused.ExitCode.Should().Be(1);
        refused.Errors.Should().StartWith("bridgenet: --resolv-conf: there is no directory ").And.Contain("mkdir -p");
        _world.RunOk("ls").Should().NotContain("  db  ", "an id may have these letters, too");
    }

    [Fact]
    public void A_hook_writes_files_of_the_bundle_and_no_annotation_says_where()
    {
        using OciRuntime runtime = new("runc");
        runtime.Binary("network", "create", "backend", "--subnet", "172.18.0.0/24").OrThrow();
        JsonObject annotations = new()
        {
            ["bridgenet.network"] = "backend",
            ["bridgenet.alias"] = "www shop",
            ["bridgenet.name"] = "web",
        };

        runtime.Start("web", annotations, arguments: ["--resolv-conf", "resolv.conf", "--hosts", "hosts"]).OrThrow();
        string pid = JsonNode.Parse(runtime.Run("state web").Output)!["pid"]!.ToString();
        string answer = runtime.Host.RunOk($"nsenter --target {pid} --net dig +short +tries=1 @172.18.0.1 shop").TrimEnd();
        string resolver = File.ReadAllText(runtime.Bundle("web", "resolv.conf")), hosts = File.ReadAllText(runtime.Bundle("web", "hosts"));
        runtime.Delete("web").OrThrow();
        CommandResult annotated = runtime.Start("other", new JsonObject { ["bridgenet.hosts"] = "hosts" });

        answer.Should().Be("172.18.0.2");
        resolver.Should().StartWith("nameserver 172.18.0.1\n");
        hosts.Should().EndWith("172.18.0.2\tweb\n");
        annotated.ExitCode.Should().NotBe(0);
        annotated.Output.Should().Contain("bridgenet.hosts");
    }

    [Theory]
    [InlineData("../hosts", "without a '/'")]
    [InlineData("/tmp/hosts", "without a '/'")]
    [InlineData("link", "ELOOP")]
    public void A_hook_writes_no_file_outside_the_bundle(string file, string reason)
    {
        using OciRuntime runtime = new("runc");
        using Scratch scratch = new();
        File.WriteAllText(scratch.At("precious"), "precious");
        Directory.CreateDirectory(Path.GetDirectoryName(runtime.Bundle("web", "link"))!);
        File.CreateSymbolicLink(runtime.Bundle("web", "link"), scratch.At("precious"));

        CommandResult started = runtime.Start("web", new JsonObject { ["bridgenet.network"] = "bridge" }, arguments: ["--hosts", file]);

        started.ExitCode.Should().NotBe(0);
        started.Output.Should().Contain(reason);
        File.ReadAllText(scratch.At("precious")).Should().Be("precious");
        runtime.Binary("ls", "-q").Output.Should().BeEmpty();
    }

    private Netns Attach(string name, params string[] options)
    {
        Netns place = _world.World.AddContainer();
        _world.RunOk(["attach", place.Path, "--network", "backend", "--name", name, .. options]);
        return place;
    }

    private static string MountsOf(string place) =>
        string.Join('\n', File.ReadLines("/proc/mounts").Where(line => line.Contains($" {place}", StringComparison.Ordinal)));

    private JsonElement Status() => JsonDocument.Parse(_world.RunOk("dns", "status", "--json")).RootElement;

    /// <summary>The processes of the server on the host.</summary>
    private IReadOnlyList<int> Servers() =>
        [.. _world.Host.ProcessIds().Where(id => WordsOf(id).Contains("__dns", StringComparer.Ordinal))];

    private static string[] WordsOf(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline").Split('\0');
        }
        catch (IOException)
        {
            return []; // it ended meanwhile
        }
    }

    private void Kill()
    {
        int server = Servers().Single();
        _ = Syscall.kill(server, Signum.SIGKILL);
        string place = Path.Combine(_world.World.StateDirectory, "locks", "names"); // its lock is free when its last thread has died
        Eventually.Until(() => _world.Host.Run($"flock -n {place} true").ExitCode == 0, "the server's death");
    }

    private static string Dig(Netns from, string words) => from.Run($"dig +short +tries=1 +time=15 @172.18.0.1 {words}").Output.TrimEnd();
}
