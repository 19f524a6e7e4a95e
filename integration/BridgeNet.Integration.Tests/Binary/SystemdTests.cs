using BridgeNet.Integration.Tests.Netavark;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Binary;

/// <summary>
/// The binary under a real systemd: the name server as its unit, and as a process that a container's service happened to start; Docker's plugin.
/// </summary>
public sealed class SystemdTests : IDisposable
{
    private const string Unit = "bridgenet-dns.service", Names = "/run/containers/networks/aardvark-dns";

    private readonly World _world = new();
    private readonly Systemd _systemd;

    public SystemdTests()
    {
        try
        {
            _systemd = Systemd.Start(_world.Host, BinaryWorld.Path);
        }
        catch
        {
            _world.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _systemd.Dispose();
        _world.Dispose();
    }

    [Fact]
    public void The_unit_starts_reloads_comes_back_after_a_kill_and_ends()
    {
        _world.Host.RunOk("ip link add br0 type bridge; ip addr add 10.89.0.1/24 dev br0; ip link set br0 up");
        _systemd.ShellOk($"mkdir -p {Names}; bridgenet dns install; systemctl daemon-reload; systemctl start {Unit}");
        Eventually.Until(() => _systemd.Shell("bridgenet dns status").ExitCode == 0, "it runs");
        string first = Process();

        _systemd.ShellOk($"printf '10.89.0.1\\nc1 10.89.0.2  web\\n' > {Names}/n1; systemctl reload {Unit}");

        Eventually.Until(() => Dig("10.89.0.1", "web") is "10.89.0.2", "it answers");
        Process().Should().Be(first);

        _systemd.ShellOk($"systemctl kill --signal=KILL {Unit}");

        Eventually.Until(
            () => Process() is not "0" and var next && !string.Equals(next, first, StringComparison.Ordinal), "systemd starts it again");
        Eventually.Until(() => Dig("10.89.0.1", "web") is "10.89.0.2", "it answers again");
        _systemd.ShellOk($"systemctl stop {Unit}; bridgenet dns uninstall; systemctl daemon-reload");
        _systemd.Shell($"systemctl cat {Unit}").ExitCode.Should().NotBe(0);
        _systemd.Shell("pgrep -x bridgenet").Output.Should().BeEmpty();
    }

    [Fact]
    public void A_server_that_a_service_of_Podmans_starts_outlives_it_in_a_scope_and_ends_with_the_last_container()
    {
        NetavarkCall call = new NetavarkCall(1).On(1, hasDns: true);
        _systemd.ShellOk(
            "mkdir /run/helpers; for name in netavark aardvark-dns; do ln -s /run/bin/bridgenet /run/helpers/$name; done; ip netns add c1");
        _systemd.ShellOk($"cat > /tmp/request << 'END'\n{call}\nEND");
        const string Command = "/run/helpers/netavark --config /run/nv --aardvark-binary=/run/helpers/aardvark-dns";

        InService($"{Command} setup {call.Sandbox} < /tmp/request");

        Dig("10.89.1.1", "name1").Should().Be("10.89.1.2");
        string server = _systemd.ShellOk("cat /run/nv/aardvark-dns/aardvark.pid");
        _systemd.Scopes.Should().ContainSingle();
        _systemd.ShellOk($"cat /proc/{server}/cgroup").Should().Contain($"/system.slice/{_systemd.Scopes[0]}\n");
        InService($"{Command} teardown {call.Sandbox} < /tmp/request");
        Eventually.Until(() => _systemd.Scopes.Count == 0, "the server ends, and its scope");
    }

    [Fact]
    public void A_server_that_attach_starts_outlives_its_service_in_a_scope_and_ends_with_the_last_container()
    {
        _systemd.ShellOk("bridgenet network create app --dns; ip netns add web");

        InService("bridgenet attach web --network app --name web");

        Dig("172.18.0.1", "web").Should().Be("172.18.0.2");
        _systemd.Scopes.Should().ContainSingle();
        InService("bridgenet detach web");
        Eventually.Until(() => _systemd.Scopes.Count == 0, "the server ends, and its scope");
    }

    [Fact]
    public void Docker_s_plugin_starts_by_its_socket_and_makes_a_network()
    {
        _systemd.ShellOk("bridgenet docker install; systemctl daemon-reload; systemctl start bridgenet-docker.socket");
        _systemd.Shell("systemctl is-active bridgenet-docker.service").Output.Should().Be("inactive\n");

        string answer = _systemd.ShellOk(
            "curl -sS --fail --unix-socket /run/docker/plugins/bridgenet.sock -d '{\"NetworkID\":\"" + new string('a', 64) + "\",\"Options\":{},"
                + "\"IPv4Data\":[{\"Pool\":\"172.30.0.0/24\",\"Gateway\":\"172.30.0.1/24\"}],\"IPv6Data\":[]}' "
                + "http://docker/NetworkDriver.CreateNetwork");

        answer.Trim().Should().Be("{}");
        _systemd.Shell("systemctl is-active bridgenet-docker.service").Output.Should().Be("active\n");
        _world.Host.RunOk("ip -br -4 addr show br-aaaaaaaaaaaa").Should().Contain("172.30.0.1/24");
    }

    private string Dig(string server, string name) => _systemd.Shell($"dig +short +tries=1 +time=15 @{server} {name}").Output.TrimEnd();

    private string Process() => _systemd.ShellOk($"systemctl show --property=MainPID --value {Unit}").Trim();

    /// <summary>Runs a command line in a service that ends with it.</summary>
    private void InService(string commandLine) =>
        _systemd.ShellOk($"systemd-run --quiet --wait --pipe --setenv=PATH=$PATH sh -c '{commandLine}'");
}
