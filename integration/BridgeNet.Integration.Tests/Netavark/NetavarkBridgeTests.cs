using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Netavark;

/// <summary>Bridges that somebody else made, VLANs, VRFs and routes, beside netavark 1.17 itself.</summary>
public sealed partial class NetavarkBridgeTests
{
    [Fact]
    public void An_unmanaged_bridge_gets_ports_and_names_and_nothing_else()
    {
        using NetavarkHost theirs = new(), ours = new();
        NetavarkCall call = new NetavarkCall(1).On(1, hasIPv6: true, hasDns: true, options: ("mode", "unmanaged")).Publish("- 8080 80 1 tcp");
        foreach (NetavarkHost host in (NetavarkHost[])[theirs, ours])
        {
            host.World.Host.RunOk(
                "ip link add br1 type bridge; ip link set br1 mtu 9000 up; ip addr add 10.89.1.77/24 dev br1; "
                + "ip addr add fd00:1::77/64 dev br1 nodad");
            host.Podman.ShellOk("mkdir -p /run/networks"); // which podman makes
            host.AddSandbox(call);
        }

        JsonNode? answer = NetavarkHost.Answer(ours.Call(isOurs: true, "setup", call));
        JsonNode? expected = NetavarkHost.Answer(theirs.Call(isOurs: false, "setup", call));

        JsonNode.DeepEquals(answer, expected).Should().BeTrue($"{answer} is to be {expected}");
        $"{answer}".Should().Contain("10.89.1.77", "the name server listens where the bridge has an address, which need not be the gateway");
        ours.Podman.ShellOk("cat /run/networks/aardvark-dns/n1").Should().Be(theirs.Podman.ShellOk("cat /run/networks/aardvark-dns/n1"));
        ours.Rules.Should().Be(theirs.Rules).And.NotContain("nv_");
        Mtu(ours, call).Should().Be(Mtu(theirs, call)).And.Contain("mtu 9000");
        ours.Call(isOurs: true, "teardown", call).OrThrow();
        theirs.Call(isOurs: false, "teardown", call).OrThrow();
        ours.Links.Should().Be(theirs.Links).And.Contain("br1");
    }

    [Fact]
    public void An_unmanaged_bridge_that_is_not_there_or_has_no_address_for_names_is_refused()
    {
        using NetavarkHost host = new();
        NetavarkCall call = new NetavarkCall(1).On(1, hasDns: true, options: ("mode", "unmanaged"));
        host.AddSandbox(call);

        CommandResult missing = host.Call(isOurs: true, "setup", call);
        CommandResult missingOfTheirs = host.Call(isOurs: false, "setup", call);
        host.World.Host.RunOk("ip link add br1 type bridge; ip link set br1 up");
        string links = host.Links;
        CommandResult bare = host.Call(isOurs: true, "setup", call);

        (missing.ExitCode, missing.Output).Should().Be((1, missingOfTheirs.Output));
        bare.ExitCode.Should().Be(1);
        bare.Output.Should().Contain("bridge 'br1' in unmanaged mode has no usable IP addresses").And.Contain("--disable-dns");
        host.Links.Should().Be(links);
    }

    [Fact]
    public void A_container_takes_the_mtu_of_a_bridge_that_was_there()
    {
        using NetavarkHost theirs = new(), ours = new();
        NetavarkCall call = new NetavarkCall(1).On(1), chosen = new NetavarkCall(2).On(1, options: ("mtu", "1400"));
        foreach (NetavarkHost host in (NetavarkHost[])[theirs, ours])
        {
            host.World.Host.RunOk("ip link add br1 type bridge; ip link set br1 mtu 9001");
            host.AddSandbox(call);
            host.AddSandbox(chosen);
            host.Call(host == ours, "setup", call).OrThrow();
            host.Call(host == ours, "setup", chosen).OrThrow();
        }

        Mtu(ours, call).Should().Be(Mtu(theirs, call)).And.Contain("mtu 9001");
        Mtu(ours, chosen).Should().Be(Mtu(theirs, chosen)).And.Contain("mtu 1400");
        ours.World.Host.RunOk("ip link show br1").Should().Contain("mtu 9001");
    }

    [Theory]
    [InlineData("nftables")]
    [InlineData("iptables")]
    public void The_world_sees_containers_by_the_outbound_addresses_of_their_network(string driver)
    {
        using NetavarkHost host = new() { Driver = driver };
        NetavarkCall call = new NetavarkCall(1).On(
            1, hasIPv6: true, options: [("outbound_addr4", "192.0.2.77"), ("outbound_addr6", "2001:db8:1::77")]);
        NetavarkCall other = new NetavarkCall(2).On(2, hasIPv6: true, options: ("outbound_addr4", "192.0.2.77"));
        host.World.Host.RunOk("ip addr add 192.0.2.77/24 dev eth0; ip addr add 2001:db8:1::77/64 dev eth0 nodad preferred_lft 0");
        foreach (NetavarkCall one in (NetavarkCall[])[call, other])
        {
            host.AddSandbox(one);
            host.Call(isOurs: true, "setup", one).OrThrow();
        }
        using WebServer outside = WebServer.Start(host.World.Server, "outside");

        Visits(host, call, outside, "one").Should().Equal("192.0.2.77", "2001:db8:1::77");
        Visits(host, other, outside, "other").Should().Equal("192.0.2.77", "2001:db8:1::1");

        host.Podman.ShellOk("nft flush ruleset");
        host.Do(isOurs: true, "firewall-reload").OrThrow();
        Visits(host, call, outside, "again").Should().Equal("192.0.2.77", "2001:db8:1::77");
        host.Files.Should().Contain("\"outbound_addr4\":\"192.0.2.77\",\"outbound_addr6\":\"2001:db8:1::77\"");
        host.Call(isOurs: true, "teardown", call).OrThrow();
        host.Call(isOurs: true, "teardown", other).OrThrow();
        host.Remains.Should().BeEmpty();
    }

    [Fact]
    public void A_route_may_lead_by_a_router_of_the_containers_other_network()
    {
        using NetavarkHost theirs = new(), ours = new();
        NetavarkCall call = new NetavarkCall(1).On(1, hasIPv6: true).Route(1, "203.0.113.0/24", "192.0.2.77").Route(1, "fd00:ff::/64", "fd00:99::77");
        foreach (NetavarkHost host in (NetavarkHost[])[theirs, ours])
        {
            host.AddSandbox(call);
            host.Podman.ShellOk(
                "ip=/usr/bin/ip; $ip -n c1 link add eth1 type veth peer name x; $ip -n c1 link set x up; $ip -n c1 link set eth1 up; "
                + "$ip -n c1 addr add 192.0.2.9/24 dev eth1; $ip -n c1 addr add fd00:99::9/64 dev eth1 nodad");
            host.Call(host == ours, "setup", call).OrThrow();
        }

        ours.Routes(call).Should().Be(theirs.Routes(call)).And.Contain("via 192.0.2.77 dev eth1").And.Contain("via fd00:99::77 dev eth1");
        ours.Call(isOurs: true, "teardown", call).OrThrow();
        theirs.Call(isOurs: false, "teardown", call).OrThrow();
        ours.Routes(call).Should().Be(theirs.Routes(call)).And.NotContain("via", "that interface stays, and the network's routes by it go");
        ours.Call(isOurs: true, "teardown", call).OrThrow();
    }

    [Fact]
    public void A_setup_that_fails_leaves_a_route_that_another_network_has_too()
    {
        using NetavarkHost host = new();
        NetavarkCall first = new NetavarkCall(1).On(1).Route(1, "203.0.113.0/24", "192.0.2.77");
        NetavarkCall second = new NetavarkCall(1).On(2).Route(2, "203.0.113.0/24", "192.0.2.77").Route(2, "198.51.100.0/24", "192.0.2.78").On(3);
        host.AddSandbox(first);
        host.Podman.ShellOk(
            "ip=/usr/bin/ip; $ip -n c1 link add eth9 type veth; $ip -n c1 link set eth9 up; $ip -n c1 addr add 192.0.2.9/24 dev eth9; "
            + "$ip -n c1 link add eth8 type veth");
        host.Call(isOurs: true, "setup", first).OrThrow();
        string routes = host.Routes(first);
        string connect = second.ToString().Replace("\"eth0\"", "\"eth5\"", StringComparison.Ordinal)
            .Replace("\"eth1\"", "\"eth8\"", StringComparison.Ordinal);

        host.Do(isOurs: true, $"setup {first.Sandbox}", connect).ExitCode.Should().Be(1, "there is an eth8 already");

        host.Routes(first).Should().Be(routes).And.Contain("203.0.113.0/24 via 192.0.2.77").And.NotContain("198.51.100.0/24");
    }

    [Fact]
    public void No_router_gives_a_container_addresses_also_without_a_subnet_of_IPv6()
    {
        using NetavarkHost host = new();
        NetavarkCall call = new NetavarkCall(1).On(1);
        host.AddSandbox(call);

        host.Call(isOurs: true, "setup", call).OrThrow();

        host.Inside(call, "/bin/busybox cat /proc/sys/net/ipv6/conf/eth0/autoconf").Output.Should().Be("0\n");
    }

    [Fact]
    public void VLANs_of_a_bridge_are_set_as_by_netavark_or_refused_by_name()
    {
        using NetavarkHost theirs = new(), ours = new();
        NetavarkCall first = new NetavarkCall(1).On(1, options: ("vlan", "20")), second = new NetavarkCall(2).On(1, options: ("vlan", "30"));
        ours.AddSandbox(first);
        string links = ours.Links;
        CommandResult result = ours.Call(isOurs: true, "setup", first);
        if (result.ExitCode != 0)
        {
            result.Output.Should().Contain("option vlan: this kernel's bridges do not filter by VLAN");
            ours.Links.Should().Be(links);
            Assert.Skip($"the kernel has no CONFIG_BRIDGE_VLAN_FILTERING: {result.Output}");
        }
        theirs.AddSandbox(first);
        theirs.Call(isOurs: false, "setup", first).OrThrow();
        foreach (NetavarkHost host in (NetavarkHost[])[theirs, ours])
        {
            host.AddSandbox(second);
            host.Call(host == ours, "setup", second).OrThrow();
        }

        ours.World.Host.RunOk("bridge vlan show").Should().Be(theirs.World.Host.RunOk("bridge vlan show"))
            .And.Contain("20 PVID").And.Contain("30 PVID");
        ours.Inside(first, "/bin/busybox ping -c 1 -W 1 10.89.1.3").Output.Should().Contain("100% packet loss", "another VLAN is another wire");
        ours.Call(isOurs: true, "teardown", first).OrThrow();
        ours.Call(isOurs: true, "teardown", second).OrThrow();
        ours.Links.Should().Be(links);
    }

    [Fact]
    public void A_bridge_joins_its_VRF_and_a_missing_one_is_refused()
    {
        using NetavarkHost theirs = new(), ours = new();
        NetavarkCall call = new NetavarkCall(1).On(1, options: ("vrf", "blue"));
        ours.AddSandbox(call);
        theirs.AddSandbox(call);

        CommandResult missing = ours.Call(isOurs: true, "setup", call), missingOfTheirs = theirs.Call(isOurs: false, "setup", call);

        (missing.ExitCode, missing.Output).Should().Be((1, missingOfTheirs.Output));
        if (ours.World.Host.Run("ip link add blue type vrf table 100").ExitCode != 0)
        {
            Assert.Skip("the kernel has no CONFIG_NET_VRF: only the refusal was tried");
        }
        ours.World.Host.RunOk("ip link set blue up; ip link add slow type dummy; ip link set slow mtu 1300 master blue up; "
            + "ip addr add 203.0.113.2/24 dev slow; ip route add default via 203.0.113.1 table 100");
        ours.Call(isOurs: true, "setup", call).OrThrow();
        ours.World.Host.RunOk("ip link show br1").Should().Contain("master blue").And.Contain("mtu 1300", "it has the MTU of the VRF's way out");
        ours.Call(isOurs: true, "teardown", call).OrThrow();
        ours.Links.Should().NotContain("br1");
    }

    [Fact]
    public void A_setup_that_fails_while_it_prepares_the_bridge_leaves_none()
    {
        using NetavarkHost host = new();
        NetavarkCall call = new NetavarkCall(1).On(1);
        host.AddSandbox(call);
        host.World.Host.RunOk("echo 0 > /proc/sys/net/ipv4/ip_forward");
        string links = host.Links;

        string setup = $"{host.Podman.OwnHelpers}/netavark --config /run/networks setup {call.Sandbox}";
        CommandResult refused = host.Podman.Shell(
            $"/bin/busybox unshare -m /bin/sh -c 'mount -t proc -o ro proc /proc; {setup}'", $"{call}\n");

        refused.ExitCode.Should().Be(1);
        refused.Output.Should().Be("{\"error\":\"set sysctl net/ipv4/ip_forward: IO error: Read-only file system (os error 30)\"}\n");
        host.Links.Should().Be(links);
    }

    [Fact]
    public void Where_systemd_runs_it_is_told_the_settings_of_a_bridge_until_that_goes()
    {
        const string File = "/run/sysctl.d/10-netavark-br1.conf";
        using NetavarkHost theirs = new(), ours = new();
        NetavarkCall call = new NetavarkCall(1).On(1, hasIPv6: true), other = new NetavarkCall(2).On(1, hasIPv6: true);
        foreach (NetavarkHost host in (NetavarkHost[])[theirs, ours])
        {
            host.Podman.ShellOk("mkdir -p /run/systemd/system");
            host.AddSandbox(call);
            host.AddSandbox(other);
            host.Call(host == ours, "setup", call).OrThrow();
            host.Call(host == ours, "setup", other).OrThrow();
        }

        ours.Podman.ShellOk($"cat {File}").Should().Be(theirs.Podman.ShellOk($"cat {File}"));
        ours.Call(isOurs: true, "teardown", call).OrThrow();
        ours.Podman.ShellOk($"cat {File}").Should().NotBeEmpty("the bridge is there still");
        ours.Call(isOurs: true, "teardown", other).OrThrow();
        ours.Podman.Shell($"cat {File}").ExitCode.Should().NotBe(0);
    }

    /// <summary>From where a container's visits to the world come, by IPv4 and by IPv6.</summary>
    private static string[] Visits(NetavarkHost host, NetavarkCall call, WebServer outside, string page) =>
    [
        .. new[] { "198.51.100.2", "[2001:db8:2::2]" }.Select((server, i) =>
        {
            host.Inside(call, $"/bin/busybox wget -q -O - http://{server}/{page}{i}");
            return $"{outside.WaitForVisit($"/{page}{i}").Client}";
        }),
    ];

    private static string Mtu(NetavarkHost host, NetavarkCall call) =>
        Mtu().Match(host.Inside(call, "/usr/bin/ip link show eth0").OrThrow().Output).Value;

    [GeneratedRegex(@"mtu \d+", RegexOptions.None, 1000)]
    private static partial Regex Mtu();
}
