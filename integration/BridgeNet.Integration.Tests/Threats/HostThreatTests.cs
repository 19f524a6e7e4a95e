using System.Text.Json;

using BridgeNet.Integration.Tests.Binary;
using BridgeNet.Integration.Tests.Stories;
using BridgeNet.TestKit;

using Mono.Unix.Native;

namespace BridgeNet.Integration.Tests.Threats;

/// <summary>Paths, names and rights on the host.</summary>
public sealed class HostThreatTests
{
    public static TheoryData<string> HostileNames =>
        ["a\nb", "../../etc/passwd", "..", "a/b", "-rf", "ü", "名前", new string('a', 4096), " ", "a b", "$(id)", "a;b", "\u001b[31m", "."];

    [Fact]
    public void Replacing_a_namespace_s_path_does_not_redirect_an_attach()
    {
        using DriverWorld world = new();
        Netns meant = world.AddContainer();
        Netns other = world.AddContainer();
        string path = Path.Combine(world.StateDirectory, "../link-" + meant.Name);
        File.CreateSymbolicLink(path, meant.Path);
        try
        {
            using NetworkNamespace sandbox = NetworkNamespace.Open(path);
            File.Delete(path);
            File.CreateSymbolicLink(path, other.Path);

            using EndpointLease lease = world.Network.Attach(sandbox);

            meant.RunOk("ip -o link show eth0");
            other.Run("ip -o link show eth0").ExitCode.Should().NotBe(0);
            world.Driver.Repair().IsClean.Should().BeTrue("nor does a repair follow the path to another namespace");
            world.Host.RunOk($"ip link del {lease.Endpoint.HostInterfaceName}");
            world.Driver.Repair().Ended.Should().ContainSingle().Which.Endpoint.Should().Be(lease.Endpoint.Name);
            other.Run("ip -o link show eth0").ExitCode.Should().NotBe(0);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("/proc/self/ns/mnt")]
    [InlineData("/dev/null")]
    [InlineData("/")]
    public void A_path_that_is_no_network_namespace_is_refused(string path)
    {
        using BinaryWorld world = new();

        CommandResult result = world.Run("attach", path);

        result.ExitCode.Should().Be(1);
        result.Errors.Trim().Split('\n').Should().ContainSingle().Which.Should().Contain(path);
        world.Run("ls", "--quiet").Output.Should().BeEmpty();
    }

    [Fact]
    public void Only_the_owner_can_read_the_state_directory()
    {
        using BinaryWorld world = new();
        string state = Path.Combine(world.World.StateDirectory, "own");
        Netns container = world.World.AddContainer();

        world.Host.RunOk($"umask 0; {BinaryWorld.Path} --state-dir {state} attach {container.Path} -p 8080:80 --name web");

        foreach (string directory in Directory.EnumerateDirectories(state, "*", SearchOption.AllDirectories).Prepend(state))
        {
            ModeOf(directory).Should().Be("700", directory);
        }
        foreach (string file in Directory.EnumerateFiles(state, "*", SearchOption.AllDirectories).Where(
            file => new FileInfo(file).LinkTarget is null))
        {
            ModeOf(file).Should().Be("600", file);
        }
    }

    [Theory]
    [MemberData(nameof(HostileNames))]
    public void A_hostile_name_is_refused_in_one_line_and_changes_nothing(string name)
    {
        using BinaryWorld world = new();
        Netns container = world.World.AddContainer();
        world.RunOk("network", "create", "blue");
        string before = world.Snapshot();
        string annotated = JsonSerializer.Serialize(new
        {
            ociVersion = "1.0.2",
            id = "c1",
            pid = Environment.ProcessId,
            status = "creating",
            bundle = "/nowhere",
            annotations = new Dictionary<string, string>(StringComparer.Ordinal) { ["bridgenet.name"] = name, ["bridgenet.network"] = "blue" },
        });

        CommandResult[] results =
        [
            world.Run("attach", container.Path, "--network", "blue", $"--name={name}"),
            world.Run("attach", container.Path, $"--network={name}"),
            world.Run("network", "create", "--", name),
            world.Run("detach", "--", name),
            world.Run("inspect", "--", name),
            Programs.Run(
                "nsenter",
                [$"--net={world.Host.Path}", BinaryWorld.Path, "--state-dir", world.World.StateDirectory, "oci-hook", "createRuntime"],
                annotated),
        ];

        results.Should().OnlyContain(result => result.ExitCode == 1 || result.ExitCode == 2);
        results.Select(result => result.Errors.Trim()).Should().OnlyContain(
            text => text.Length < 400 && text.Split('\n', StringSplitOptions.None).Length <= 2 && !text.Contains('\u001b', StringComparison.Ordinal));
        world.Snapshot().Should().Be(before);
    }

    [Fact]
    public void A_hostile_label_is_stored_unchanged_and_printed_safely()
    {
        using BinaryWorld world = new();
        string label = "note=\u001b[31m\"'\\\n../ü名 \u202e" + new string('x', 4096);

        world.RunOk("network", "create", "--label", label, "blue");
        using JsonDocument inspected = JsonDocument.Parse(world.RunOk("network", "inspect", "blue"));

        inspected.RootElement[0].GetProperty("Labels").GetProperty("note").GetString().Should().Be(label["note=".Length..]);
        world.RunOk("network", "ls").Should().NotContain("\u001b");
    }

    [Fact]
    public void CAP_NET_ADMIN_and_CAP_SYS_ADMIN_are_enough()
    {
        using BinaryWorld world = new();
        Netns container = world.World.AddContainer();
        string state = world.World.StateDirectory;

        string Run(string capabilities, string verb) =>
            world.Host.RunOk($"setpriv --bounding-set=-all{capabilities} --inh-caps=-all {BinaryWorld.Path} --state-dir {state} {verb} 2>&1 || true");

        Run(",+net_admin,+sys_admin", $"attach {container.Path} --name web -p 8080:80").Should().Contain("172.17.0.2");
        Run(",+net_admin,+sys_admin", "repair").Should().BeEmpty();
        Run(",+net_admin", $"attach {container.Path} --name more").Should().Contain("CAP_SYS_ADMIN");
        Run(",+sys_admin", "detach web").Should().Contain("CAP_NET_ADMIN");
        Run(",+net_admin,+sys_admin", "publish web 80:80").Should().Contain("CAP_NET_BIND_SERVICE");
        Run(",+net_admin,+sys_admin", "detach web").Should().Contain("web");
        Run(",+net_admin,+sys_admin", "gc").Should().BeEmpty();
    }

    [Fact]
    public void The_driver_works_without_root_in_a_user_namespace()
    {
        Assert.SkipUnless(
            Programs.Run("unshare", ["--user", "--map-root-user", "--net", "true"]).ExitCode == 0,
            "this machine allows no user namespace here (kernel.unprivileged_userns_clone, or a sandbox)");
        using BinaryWorld world = new();

        string told = world.Host.RunOk($$"""
            unshare --user --map-root-user --net --mount --pid --fork sh -ec '
              mount -t tmpfs run /run; mount -t proc proc /proc 2>/dev/null || true
              ip link set lo up; mkdir -p /run/netns
              unshare --net sleep 60 & sandbox=$!
              until [ "$(readlink /proc/$sandbox/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do :; done
              {{BinaryWorld.Path}} --state-dir /run/state attach pid:$sandbox --name web -p 8080:80
              nsenter --target $sandbox --net ping -c 1 -W 5 172.17.0.1
              {{BinaryWorld.Path}} --state-dir /run/state detach web
              kill $sandbox'
            """);

        told.Should().Contain("172.17.0.2").And.Contain("1 received");
    }

    private static string ModeOf(string path)
    {
        Syscall.lstat(path, out Stat stat).Should().Be(0);
        return Convert.ToString((int)(stat.st_mode & FilePermissions.ALLPERMS), 8);
    }
}
