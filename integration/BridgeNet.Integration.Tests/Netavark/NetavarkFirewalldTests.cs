using BridgeNet.Integration.Tests.Stories;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Netavark;

/// <summary>A host whose firewalld is real: beside our rules, and as the one who writes them, beside netavark 1.17 itself.</summary>
public sealed class NetavarkFirewalldTests
{
    private const string State =
        "for policy in netavark_policy netavark_portfwd netavark_host_fwd netavark_zone_acc; do "
        + "firewall-cmd --policy=$policy --list-all | sed 's/^.rule/rule/' | sort; done; "
        + "firewall-cmd --zone=netavark_zone --list-all; firewall-cmd --zone=trusted --list-sources";

    [Theory]
    [InlineData("nftables")]
    [InlineData("iptables")]
    public void Containers_pass_firewalld_also_after_its_reload_and_their_subnets_go_with_them(string driver)
    {
        using FirewalldHost host = new(driver);
        using BackgroundProcess outside = host.Netavark.World.Server.ServeTcp("198.51.100.2", 7);
        NetavarkCall call = new NetavarkCall(1).On(1, hasIPv6: true), other = new NetavarkCall(2).On(1, hasIPv6: true);
        host.Netavark.AddSandbox(call);
        host.Netavark.AddSandbox(other);

        host.Netavark.Call(isOurs: true, "setup", call).OrThrow();
        host.Netavark.Call(isOurs: true, "setup", other).OrThrow();

        Sources(host).Should().Be("10.89.1.0/24 fd00:1::/64");
        Reach(host, call).OrThrow();
        host.Firewalld.RunOk("firewall-cmd --reload");
        Sources(host).Should().BeEmpty("a reload forgets what was not made permanent");
        Reach(host, call).ExitCode.Should().NotBe(0, "firewalld rejects what it does not know: so this test can fail");
        host.Netavark.Do(isOurs: true, "firewall-reload").OrThrow();
        Sources(host).Should().Be("10.89.1.0/24 fd00:1::/64");
        Reach(host, call).OrThrow();
        host.Netavark.Call(isOurs: true, "teardown", call).OrThrow();
        Sources(host).Should().Be("10.89.1.0/24 fd00:1::/64", "another container is there");
        host.Netavark.Call(isOurs: true, "teardown", other).OrThrow();
        Sources(host).Should().BeEmpty();
    }

    /// <remarks>
    /// firewalld 1.3 refuses what netavark asks for ports at addresses other than 127.0.0.1, and so for name servers at another port.
    /// </remarks>
    [Fact]
    public void What_firewalld_is_asked_for_is_what_netavark_asks()
    {
        using FirewalldHost theirs = new("firewalld"), ours = new("firewalld");
        NetavarkCall[] calls =
        [
            new NetavarkCall(1).On(1).Publish("127.0.0.1 8080 80 1 tcp").Publish("127.0.0.1 9000 9000 3 udp"),
            new NetavarkCall(2).On(2, hasIPv6: true).Publish("::1 8090 80 1 tcp"),
            new NetavarkCall(3).On(1),
            new NetavarkCall(4).On(3, isInternal: true).Publish("127.0.0.1 8081 80 1 tcp"),
        ];

        foreach (NetavarkCall call in calls)
        {
            foreach (FirewalldHost host in (FirewalldHost[])[theirs, ours])
            {
                host.Netavark.AddSandbox(call);
                host.Netavark.Call(host == ours, "setup", call).OrThrow();
            }
            ours.Firewalld.RunOk(State).Should().Be(theirs.Firewalld.RunOk(State), $"{call}");
        }
        ours.Netavark.Files.Should().Be(theirs.Netavark.Files);
        foreach (NetavarkCall call in calls)
        {
            ours.Netavark.Call(isOurs: true, "teardown", call).OrThrow();
            theirs.Netavark.Call(isOurs: false, "teardown", call).OrThrow();
        }
        ours.Firewalld.RunOk(State).Should().Be(theirs.Firewalld.RunOk(State)).And.NotContain("10.89.");
        ours.Netavark.Files.Should().Be(theirs.Netavark.Files);
        ours.Netavark.Links.Should().Be(theirs.Netavark.Links);
    }

    [Fact]
    public void Ports_that_firewalld_forwards_answer_until_the_container_goes_also_by_another_driver()
    {
        using FirewalldHost host = new("firewalld");
        using BackgroundProcess outside = host.Netavark.World.Server.ServeTcp("198.51.100.2", 7);
        NetavarkCall call = new NetavarkCall(1).On(1).Publish("127.0.0.1 8080 80 1 tcp").Publish("127.0.0.2 8083 80 1 tcp");
        NetavarkCall other = new NetavarkCall(2).On(1).Publish("127.0.0.1 8081 80 1 tcp");
        foreach (NetavarkCall each in (NetavarkCall[])[call, other])
        {
            host.Netavark.AddSandbox(each);
            host.Netavark.Call(isOurs: true, "setup", each).OrThrow();
        }
        host.Netavark.Podman.ShellOk("mkdir -p /run/www && echo by firewalld > /run/www/index.html");
        host.Netavark.Inside(call, "/bin/busybox httpd -p 80 -h /run/www").OrThrow();

        host.Netavark.World.Host.Curl("http://127.0.0.1:8080/").OrThrow().Output.Should().Be("by firewalld\n");
        host.Netavark.World.Host.Curl("http://127.0.0.2:8083/").OrThrow().Output.Should().Be("by firewalld\n");
        Reach(host, call).OrThrow();
        host.Netavark.Podman.ShellOk("killall busybox");
        host.Netavark.Driver = "nftables";
        NetavarkCall later = new NetavarkCall(3).On(3).Publish("127.0.0.1 8082 80 1 tcp");
        host.Netavark.AddSandbox(later);
        host.Netavark.Call(isOurs: true, "setup", later).OrThrow(); // from here netavark's files name the new driver alone
        host.Netavark.Call(isOurs: true, "teardown", later).OrThrow();
        host.Netavark.Call(isOurs: true, "teardown", call).OrThrow();
        host.Firewalld.RunOk(State).Should().NotContain("10.89.1.2").And.Contain("10.89.1.3");
        host.Netavark.Call(isOurs: true, "teardown", other).OrThrow();
        host.Firewalld.RunOk(State).Should().NotContain("10.89.");
    }

    [Fact]
    public void An_outbound_address_that_firewalld_does_not_give_is_told()
    {
        using FirewalldHost host = new("firewalld");
        NetavarkCall call = new NetavarkCall(1).On(1, options: ("outbound_addr4", "192.0.2.77")), plain = new NetavarkCall(2).On(2);
        host.Netavark.AddSandbox(call);
        host.Netavark.AddSandbox(plain);

        SetUp(call).Should().Contain("network n1: outbound_addr4 and outbound_addr6 are ignored");
        SetUp(plain).Should().BeEmpty();

        string SetUp(NetavarkCall one) => host.Netavark.Podman.Shell(
            $"RUST_LOG=warn NETAVARK_FW=firewalld DBUS_SYSTEM_BUS_ADDRESS={host.Netavark.SystemBus} "
                + $"{host.Netavark.Podman.OwnHelpers}/netavark --config /run/networks setup {one.Sandbox}",
            $"{one}\n").OrThrow().Errors;
    }

    [Theory]
    [InlineData("firewalld")]
    [InlineData("nftables")]
    public void A_process_that_follows_firewalld_restores_what_a_reload_drops(string driver)
    {
        using FirewalldHost host = new(driver);
        NetavarkCall call = new NetavarkCall(1).On(1).Publish("127.0.0.1 8080 80 1 tcp");
        host.Netavark.AddSandbox(call);
        host.Netavark.Call(isOurs: true, "setup", call).OrThrow();
        host.Firewalld.RunOk("firewall-cmd --reload");
        string state = host.Firewalld.RunOk(State);

        string follower = $"{host.Netavark.Podman.OwnHelpers}/netavark --config /run/networks firewalld-reload";
        host.Netavark.Podman.ShellOk($"DBUS_SYSTEM_BUS_ADDRESS={host.Netavark.SystemBus} {follower} > /dev/null 2>&1 &");

        state.Should().NotContain("10.89.1.0/24");
        Eventually.Until(() => host.Firewalld.RunOk(State).Contains("10.89.1.0/24", StringComparison.Ordinal), "it restores them as it starts");
        host.Firewalld.RunOk("firewall-cmd --reload");
        Eventually.Until(() => host.Firewalld.RunOk(State).Contains("10.89.1.0/24", StringComparison.Ordinal), "and after a reload");
    }

    [Fact]
    public void Without_firewalld_its_driver_is_refused_and_nothing_is_left()
    {
        using NetavarkHost host = new() { Driver = "firewalld", SystemBus = "unix:path=/run/nosuch" };
        NetavarkCall call = new NetavarkCall(1).On(1);
        host.AddSandbox(call);
        string links = host.Links;

        CommandResult refused = host.Call(isOurs: true, "setup", call), theirs = host.Call(isOurs: false, "setup", call);
        CommandResult follower = host.Do(isOurs: true, "firewalld-reload");

        (refused.ExitCode, theirs.ExitCode, follower.ExitCode).Should().Be((1, 1, 1));
        refused.Output.Should().StartWith("{\"error\":\"Error retrieving dbus connection for requested firewall backend");
        host.Links.Should().Be(links);
    }

    private static string Sources(FirewalldHost host) => host.Firewalld.RunOk("firewall-cmd --zone=trusted --list-sources").Trim();

    private static CommandResult Reach(FirewalldHost host, NetavarkCall call) =>
        host.Netavark.Inside(call, "/bin/busybox nc -w 5 198.51.100.2 7 -e /bin/busybox true");

    /// <summary>A host with podman and a firewalld, which both reach by a bus.</summary>
    private sealed class FirewalldHost : IDisposable
    {
        public FirewalldHost(string driver)
        {
            Netavark = new NetavarkHost { Driver = driver };
            try
            {
                Firewalld = Firewalld.Start(Netavark.World.Host);
                string bus = Path.Combine(SharedDirectory, "bus");
                Programs.Run("ln", [Firewalld.BusAddress["unix:path=".Length..], bus]).OrThrow();
                Netavark.SystemBus = $"unix:path={bus}";
            }
            catch
            {
                Dispose();
                throw;
            }
        }

        public NetavarkHost Netavark { get; }

        public Firewalld Firewalld { get; } = null!;

        /// <summary>A directory that podman's namespace and the machine's have in common.</summary>
        public string SharedDirectory => Path.GetDirectoryName(Netavark.Podman.OwnHelpers)!;

        public void Dispose()
        {
            Firewalld?.Dispose();
            Netavark.Dispose();
        }
    }
}
