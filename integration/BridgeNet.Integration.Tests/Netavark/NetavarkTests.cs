using System.Net.Sockets;
using System.Text.Json.Nodes;

using BridgeNet.Integration.Tests.Binary;
using BridgeNet.Integration.Tests.Stories;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Netavark;

/// <summary>The binary in netavark's place, beside netavark 1.17 itself.</summary>
public sealed partial class NetavarkTests
{
    /// <summary>Calls of every kind: each has its own container and networks.</summary>
    internal static NetavarkCall[] Kinds =>
    [
        new NetavarkCall(1).On(1).Publish("- 8080 80 1 tcp").Publish("- 9000 9000 3 udp").Publish("127.0.0.1 81 81 1 tcp"),
        new NetavarkCall(2).On(1).Publish("- 8081 80 1 sctp"),
        new NetavarkCall(3).On(2, hasIPv6: true).Publish("- 8082 80 2 tcp").Publish("::1 8090 80 1 tcp").Publish("0.0.0.0 8091 80 1 tcp")
            .Publish(":: 8092 80 1 tcp").Publish("192.0.2.1 8093 80 0 tcp"),
        new NetavarkCall(4).On(3, options: ("isolate", "true")),
        new NetavarkCall(5).On(4, options: ("isolate", "strict")).Publish("- 8083 80 1 tcp"),
        new NetavarkCall(6).On(5, isInternal: true).Publish("- 8084 80 1 tcp"),
        new NetavarkCall(7).On(6, options: [("mtu", "1400"), ("metric", "42")]),
        new NetavarkCall(8).On(7).On(8, options: ("no_default_route", "true")).Publish("- 8085 80 1 tcp"),
    ];

    [Theory]
    [InlineData("nftables", 53)]
    [InlineData("nftables", 5353)]
    [InlineData("iptables", 53)]
    [InlineData("iptables", 5353)]
    public void Rules_files_and_answers_are_those_of_netavark_itself(string driver, int dnsPort)
    {
        using NetavarkHost theirs = new() { DnsPort = dnsPort, Driver = driver }, ours = new() { DnsPort = dnsPort, Driver = driver };

        foreach (NetavarkCall call in Kinds)
        {
            theirs.AddSandbox(call);
            ours.AddSandbox(call);
            JsonNode? answer = NetavarkHost.Answer(ours.Call(isOurs: true, "setup", call));
            JsonNode? expected = NetavarkHost.Answer(theirs.Call(isOurs: false, "setup", call));
            JsonNode.DeepEquals(answer, expected).Should().BeTrue($"{answer} is to be {expected}");
            SortedNetworks(ours.Rules).Should().Be(SortedNetworks(theirs.Rules), $"{call}");
            ours.Routes(call).Should().Be(theirs.Routes(call));
        }
        ours.Files.Should().Be(theirs.Files);
        foreach (NetavarkCall call in Kinds)
        {
            ours.Call(isOurs: true, "teardown", call).OrThrow();
            theirs.Call(isOurs: false, "teardown", call).OrThrow();
            SortedNetworks(WithoutIsolation(ours.Rules)).Should().Be(SortedNetworks(WithoutIsolation(theirs.Rules)), $"{call}");
        }
        ours.Rules.Should().Be(theirs.Rules);
        ours.Files.Should().Be(theirs.Files);
        ours.Links.Should().Be(theirs.Links);
    }

    [Theory]
    [InlineData("nftables")]
    [InlineData("iptables")]
    public void A_teardown_without_the_namespace_and_a_second_one_clean_everything(string driver)
    {
        using NetavarkHost host = new() { Driver = driver };
        string links = host.Links;
        NetavarkCall call = Kinds[0];
        host.AddSandbox(call);
        host.Call(isOurs: true, "setup", call).OrThrow();
        host.RemoveSandbox(call);

        CommandResult first = host.Call(isOurs: true, "teardown", call), second = host.Call(isOurs: true, "teardown", call);

        (first.ExitCode, first.Output, second.ExitCode, second.Output).Should().Be((0, "", 0, ""));
        host.Links.Should().Be(links);
        host.Remains.Should().BeEmpty();
    }

    [Theory]
    [InlineData("nftables")]
    [InlineData("iptables")]
    public void A_setup_that_fails_leaves_nothing(string driver)
    {
        using NetavarkHost host = new() { Driver = driver };
        string links = host.Links;
        NetavarkCall good = new NetavarkCall(1).On(1).Publish("- 8080 80 1 tcp");
        NetavarkCall taken = new NetavarkCall(2).On(2).On(1).Publish("- 8081 80 1 tcp");
        host.AddSandbox(good);
        host.AddSandbox(taken);
        host.Call(isOurs: true, "setup", good).OrThrow();
        host.Podman.ShellOk("/usr/bin/ip -n c2 link add eth1 type veth"); // where the second network's interface would be
        string rules = host.Rules, files = host.Files;

        CommandResult refused = host.Call(isOurs: true, "setup", taken);
        CommandResult tooMany = host.Call(isOurs: true, "setup", new NetavarkCall(2).On(2).Publish("- 65535 80 3 tcp"));
        CommandResult twice = host.Call(isOurs: true, "setup", good);

        refused.ExitCode.Should().Be(1);
        refused.Output.Should().Contain("\"error\":\"create veth pair: interface eth1 already exists on container namespace");
        tooMany.Output.Should().Contain("goes beyond 65535");
        twice.Output.Should().Contain("interface eth0 already exists");
        host.Rules.Should().Be(rules);
        host.Files.Should().Be(files);
        host.Call(isOurs: true, "teardown", good).OrThrow();
        host.Links.Should().Be(links);
    }

    [Fact]
    public void A_bridge_that_was_there_before_stays_and_an_own_one_goes()
    {
        using NetavarkHost host = new();
        NetavarkCall foreign = new NetavarkCall(1).On(1);
        NetavarkCall own = new NetavarkCall(2).On(2, isInternal: true), again = new NetavarkCall(3).On(2, isInternal: true);
        host.World.Host.RunOk("ip link add br1 type bridge");
        host.AddSandbox(foreign);
        host.AddSandbox(own);
        host.AddSandbox(again);
        NetavarkCall failing = new NetavarkCall(4).On(1).On(3);
        host.AddSandbox(failing);
        host.Podman.ShellOk("/usr/bin/ip -n c4 link add eth1 type veth"); // where the second network's interface would be

        host.Call(isOurs: true, "setup", failing).ExitCode.Should().Be(1);
        host.Links.Should().Contain("br1", "what a setup undoes is not somebody else's");
        host.Call(isOurs: true, "setup", foreign).OrThrow();
        host.Call(isOurs: true, "setup", own).OrThrow();
        host.Call(isOurs: true, "setup", again).OrThrow();
        host.Inside(foreign, "/bin/busybox ping -c 1 -W 5 10.89.1.1").Output.Should().Contain("1 packets received");
        host.Call(isOurs: true, "teardown", foreign).OrThrow();
        host.Call(isOurs: true, "teardown", own).OrThrow();
        host.World.Host.RunOk("ip link add mine type veth; ip link set mine master br2");
        host.Call(isOurs: true, "teardown", again).OrThrow();
        host.Links.Should().Contain("br2", "it has a port of somebody else");
        host.World.Host.RunOk("ip link del mine");
        host.Call(isOurs: true, "teardown", again).OrThrow();

        host.Links.Should().Contain("br1").And.NotContain("br2");
    }

    [Theory]
    [InlineData("nftables")]
    [InlineData("iptables")]
    public void A_reload_restores_lost_rules_of_their_driver_and_adds_none_twice(string driver)
    {
        using NetavarkHost host = new() { Driver = driver };
        foreach (NetavarkCall call in Kinds)
        {
            host.AddSandbox(call);
            host.Call(isOurs: true, "setup", call).OrThrow();
        }
        string rules = host.Rules;

        host.Driver = ""; // nobody tells it then
        host.Do(isOurs: true, "firewall-reload").OrThrow();
        host.Podman.ShellOk("nft flush ruleset");
        host.Do(isOurs: true, "firewall-reload").OrThrow();
        host.Do(isOurs: true, "firewall-reload").OrThrow();
        host.Driver = driver;

        Sorted(host.Rules).Should().Equal(Sorted(rules));
    }

    [Theory]
    [InlineData("nftables")]
    [InlineData("iptables")]
    public void Containers_reach_the_world_and_the_world_their_ports(string driver)
    {
        using NetavarkHost host = new() { Driver = driver };
        using BackgroundProcess outside = host.World.Server.ServeTcp("198.51.100.2", 7);
        NetavarkCall call = new NetavarkCall(1).On(1).Publish("- 8080 80 1 tcp");
        host.AddSandbox(call);
        host.Call(isOurs: true, "setup", call).OrThrow();
        host.Podman.ShellOk("mkdir -p /run/www && echo by netavark > /run/www/index.html");
        host.Inside(call, "/bin/busybox httpd -p 80 -h /run/www").OrThrow();

        host.World.Router.Curl("http://192.0.2.1:8080/").OrThrow().Output.Should().Be("by netavark\n");
        host.World.Host.Curl("http://127.0.0.1:8080/").OrThrow().Output.Should().Be("by netavark\n");
        host.Inside(call, "/bin/busybox wget -q -O - http://192.0.2.1:8080/").OrThrow().Output.Should().Be("by netavark\n", "it reaches itself");
        host.Inside(call, "/bin/busybox nc -w 5 198.51.100.2 7 -e /bin/busybox true").OrThrow();
        host.Podman.ShellOk("killall busybox");
    }

    [Theory]
    [InlineData("nftables")]
    [InlineData("iptables")]
    public void An_isolated_network_stays_so_when_another_one_goes(string driver)
    {
        using NetavarkHost host = new() { Driver = driver };
        NetavarkCall open = new NetavarkCall(1).On(1), isolated = new NetavarkCall(2).On(2, options: ("isolate", "strict"));
        NetavarkCall first = new NetavarkCall(3).On(3, options: ("isolate", "true"));
        foreach (NetavarkCall call in (NetavarkCall[])[open, first, isolated])
        {
            host.AddSandbox(call);
            host.Call(isOurs: true, "setup", call).OrThrow();
        }

        host.Call(isOurs: true, "teardown", first).OrThrow();

        host.Inside(open, "/bin/busybox ping -c 1 -W 1 10.89.2.3").Output.Should().Contain("100% packet loss");
        host.Inside(isolated, "/bin/busybox ping -c 1 -W 1 10.89.1.2").Output.Should().Contain("100% packet loss");
        host.Call(isOurs: true, "teardown", isolated).OrThrow();
        host.Call(isOurs: true, "teardown", open).OrThrow();
        host.Remains.Should().BeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_name_server_is_started_knows_the_container_and_is_not_mistaken_for_another_program(bool isOurs)
    {
        using NetavarkHost host = new();
        NetavarkCall call = new NetavarkCall(1).On(1, hasDns: true), next = new NetavarkCall(2).On(1, hasDns: true);
        host.AddSandbox(call);
        host.AddSandbox(next);
        string other = host.Podman.ShellOk(
            "mkdir -p /run/networks/aardvark-dns; sleep 1000 > /dev/null 2>&1 & printf %s $! | tee /run/networks/aardvark-dns/aardvark.pid");

        host.Call(isOurs: true, "setup", call, isOurs).OrThrow();
        host.Call(isOurs: true, "setup", next, isOurs).OrThrow();
        string answer = host.Inside(call, "/bin/busybox nslookup name2 10.89.1.1").Output;

        if (isOurs)
        {
            answer.Should().Contain("10.89.1.3", "it knows a name from the moment in which setup has written it");
        }
        host.Podman.ShellOk($"kill -0 {other}");
        host.Podman.ShellOk("cat /proc/$(cat /run/networks/aardvark-dns/aardvark.pid)/cmdline").Replace('\0', ' ')
            .Should().Contain("aardvark-dns --config /run/networks/aardvark-dns -p 53 run", "administrators look for it by that");
        host.Podman.ShellOk("cat /run/networks/aardvark-dns/n1").Should().Be(
            $"10.89.1.1\nd9eb{1:d60} 10.89.1.2  name1,alias\nd9eb{2:d60} 10.89.1.3  name2,alias\n");
        Eventually.Until(
            () => host.Inside(call, "/bin/busybox nslookup name2 10.89.1.1").Output.Contains("10.89.1.3", StringComparison.Ordinal),
            "the server answers");
        host.Call(isOurs: true, "teardown", call, isOurs).OrThrow();
        host.Podman.ShellOk("cat /run/networks/aardvark-dns/n1").Should().NotContain("name1");
        host.Call(isOurs: true, "teardown", next, isOurs).OrThrow();
        host.Podman.Shell("ls /run/networks/aardvark-dns/n1").ExitCode.Should().NotBe(0);
    }

    [Fact]
    public void A_setup_that_fails_and_one_that_finds_a_server_leave_no_other_process_of_it()
    {
        using NetavarkHost host = new();
        NetavarkCall call = new NetavarkCall(1).On(1, hasDns: true), next = new NetavarkCall(2).On(1, hasDns: true);
        host.AddSandbox(call);
        host.AddSandbox(next);
        host.Inside(call, "/usr/bin/ip link add eth0 type bridge").OrThrow();

        host.Call(isOurs: true, "setup", call, hasOwnServer: true).ExitCode.Should().NotBe(0, "eth0 is there already");

        Eventually.Until(() => Servers().Length == 0, "the server that was begun for nothing ends");
        host.Inside(call, "/usr/bin/ip link del eth0").OrThrow();
        host.Call(isOurs: true, "setup", call, hasOwnServer: true).OrThrow();
        host.Call(isOurs: true, "setup", next, hasOwnServer: true).OrThrow();
        Servers().Should().ContainSingle().Which.Should().Be(host.Podman.ShellOk("cat /run/networks/aardvark-dns/aardvark.pid"));

        string[] Servers() => host.Podman.ShellOk(
            "for f in $(grep -al '__aardvark-dn[s]' /proc/[0-9]*/cmdline 2> /dev/null); do p=${f%/cmdline}; "
            + "test $p/ns/net -ef /proc/self/ns/net && basename $p; done; true")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Update_gives_a_network_other_servers_and_the_name_server_asks_them(bool isOurs)
    {
        using NetavarkHost host = new();
        string asked = Path.Combine(host.World.StateDirectory, "asked");
        using BackgroundProcess outside = host.World.Server.Start("socat", "-u", "UDP4-RECV:53", $"OPEN:{asked},creat,append");
        outside.Until(() => host.World.Server.Listens(ProtocolType.Udp, 53), "a server of the world listens");
        NetavarkCall call = new NetavarkCall(1).On(1, hasDns: true);
        host.AddSandbox(call);
        host.Call(isOurs: true, "setup", call, hasOwnServer: true).OrThrow();

        host.Do(isOurs, "update n1 --network-dns-servers 198.51.100.2", hasOwnServer: true).OrThrow();

        host.Podman.ShellOk("head -n 1 /run/networks/aardvark-dns/n1").Should().Be("10.89.1.1 198.51.100.2\n");
        Eventually.Until(
            () =>
            {
                _ = host.Inside(call, "/bin/busybox timeout 1 /bin/busybox nslookup example.org 10.89.1.1");
                return new FileInfo(asked) is { Exists: true, Length: > 0 };
            },
            "the server of the world is asked");
    }

    [Fact]
    public void Install_links_both_names_and_uninstall_takes_them_away()
    {
        using BinaryWorld world = new();
        using Scratch scratch = new();

        world.RunOk("netavark", "install", "--dns", "--dir", scratch.Path);
        string[] linked = [.. Directory.GetFiles(scratch.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        string netavark = world.Host.RunOk($"{scratch.At("netavark")} --version");
        string server = world.Host.RunOk($"{scratch.At("aardvark-dns")} --version");
        world.RunOk("netavark", "uninstall", "--dir", scratch.Path);

        linked.Should().Equal("aardvark-dns", "netavark");
        (netavark, server).Should().Be(("netavark 1.17.2\n", "aardvark-dns 1.17.1\n"));
        Directory.GetFiles(scratch.Path).Should().BeEmpty();
    }

    [Fact]
    public async Task Podman_runs_a_web_server_reloads_it_and_leaves_nothing()
    {
        using NetavarkHost host = new(importsImage: true);
        host.Podman.ShellOk("podman network create net1");
        string links = host.Links;

        host.Podman.ShellOk("podman run -d --name web --network net1 -p 8080:80 web /bin/busybox httpd -f -h /www");
        (await host.World.Router.GetOnceServedAsync("http://192.0.2.1:8080/")).Should().Contain("hello");
        host.Podman.ShellOk("podman run --rm --network net1 web /bin/busybox nslookup web").Should().Contain("10.89.");
        host.Podman.ShellOk("podman network create net2; podman network connect net2 web; podman network disconnect net1 web");
        host.Podman.ShellOk("podman network connect net1 web");
        host.Podman.ShellOk("nft flush ruleset; podman network reload web");
        (await host.World.Router.GetOnceServedAsync("http://192.0.2.1:8080/")).Should().Contain("hello");
        host.Podman.ShellOk("podman restart -t 0 web");
        (await host.World.Router.GetOnceServedAsync("http://192.0.2.1:8080/")).Should().Contain("hello");
        string info = host.Podman.ShellOk("podman info --format '{{.Host.NetworkBackendInfo.Version}}'");
        host.Podman.ShellOk("podman rm -f -t 0 web");

        info.Should().Contain("netavark 1.17.2");
        host.Links.Should().Be(links);
        host.Rules.Should().NotContain("nv_");
    }

    /// <summary>
    /// netavark takes the networks of a container in an order by chance: rules are compared without it where a container has several.
    /// </summary>
    private static string SortedNetworks(string rules) =>
        rules.Contains("10.89.8.", StringComparison.Ordinal) ? string.Join('\n', Sorted(rules)) : rules;

    /// <summary>
    /// netavark's first isolated network to go takes the way to the rules of all others with it, and theirs lose their effect. Ours is the last one.
    /// </summary>
    private static string WithoutIsolation(string rules) => rules.Replace("-A FORWARD -j NETAVARK_ISOLATION_1\n", "", StringComparison.Ordinal);

    private static IEnumerable<string> Sorted(string text) => text.Split('\n').Order(StringComparer.Ordinal);
}
