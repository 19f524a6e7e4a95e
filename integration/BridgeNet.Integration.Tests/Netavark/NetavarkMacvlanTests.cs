using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

using BridgeNet.Integration.Tests.Stories;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Netavark;

/// <summary>Containers on the wire of one of the host's interfaces, beside netavark 1.17 itself.</summary>
public sealed partial class NetavarkMacvlanTests
{
    /// <summary>The host's interface on the wire to the router.</summary>
    private const string Uplink = "eth0";

    private static NetavarkCall[] Kinds =>
    [
        new NetavarkCall(1).OnMacvlan(1, Uplink),
        new NetavarkCall(2).OnMacvlan(2, Uplink, options: [("mode", "private"), ("mtu", "1400"), ("metric", "42"), ("bclim", "7")]),
        new NetavarkCall(3).OnMacvlan(3, "", hasIPv6: true, options: ("no_default_route", "true")),
        new NetavarkCall(4).OnMacvlan(4, Uplink, isInternal: true, hasIPv6: true),
        new NetavarkCall(5).OnMacvlan(5, Uplink, hasIPv6: true, options: ("mode", "vepa")),
        new NetavarkCall(6).OnMacvlan(6, Uplink, hasAddresses: false),
        new NetavarkCall(7).On(7).OnMacvlan(8, Uplink).Publish("- 8080 80 1 tcp"),
    ];

    [Fact]
    public void Answers_links_and_routes_are_those_of_netavark_itself()
    {
        using NetavarkHost theirs = new(), ours = new();

        foreach (NetavarkCall call in Kinds)
        {
            theirs.AddSandbox(call);
            ours.AddSandbox(call);
            JsonNode? answer = Answer(ours.Call(isOurs: true, "setup", call)), expected = Answer(theirs.Call(isOurs: false, "setup", call));
            JsonNode.DeepEquals(answer, expected).Should().BeTrue($"{answer} is to be {expected}");
            Inside(ours, call).Should().Be(Inside(theirs, call), $"{call}");
            ours.Inside(call, "/bin/busybox cat /proc/sys/net/ipv6/conf/eth0/autoconf").Output.Should().Be("0\n");
        }
        foreach (NetavarkCall call in Kinds)
        {
            ours.Call(isOurs: true, "teardown", call).OrThrow();
            Inside(ours, call).Should().NotContain("macvlan").And.NotContain("10.89.");
        }
        ours.Files.Should().NotContain("n1").And.NotContain("n8");
    }

    [Fact]
    public void A_container_is_a_neighbour_of_the_hosts_router_until_it_is_taken_down()
    {
        using NetavarkHost host = new();
        NetavarkCall call = new NetavarkCall(1).OnMacvlan(1, Uplink), other = new NetavarkCall(2).OnMacvlan(1, Uplink);
        host.AddSandbox(call);
        host.AddSandbox(other);
        host.World.Router.RunOk("ip addr add 10.89.1.1/24 dev host");
        host.World.Server.RunOk("ip route add 10.89.1.0/24 via 198.51.100.1");

        host.Call(isOurs: true, "setup", call).OrThrow();
        host.Call(isOurs: true, "setup", other).OrThrow();

        host.World.Router.RunOk("ping -c 1 -W 5 10.89.1.2");
        host.Inside(call, "/bin/busybox ping -c 1 -W 5 10.89.1.3").OrThrow();
        host.Inside(call, "/bin/busybox ping -c 1 -W 5 198.51.100.2").OrThrow();
        host.Call(isOurs: true, "teardown", call).OrThrow();
        host.Call(isOurs: true, "teardown", call).OrThrow();
        host.RemoveSandbox(other);
        host.Call(isOurs: true, "teardown", other).OrThrow();
        host.World.Router.Run("ping -c 1 -W 1 10.89.1.2").ExitCode.Should().NotBe(0);
    }

    [Fact]
    public void What_cannot_be_made_is_refused_in_one_line_and_leaves_nothing()
    {
        using NetavarkHost host = new();
        NetavarkCall without = new NetavarkCall(1).On(1).OnMacvlan(2, "nosuch"), taken = new NetavarkCall(1).OnMacvlan(2, Uplink);
        host.AddSandbox(without);
        string links = host.Links;

        CommandResult noParent = host.Call(isOurs: true, "setup", without);
        host.Podman.ShellOk("/usr/bin/ip -n c1 link add eth0 type veth");
        CommandResult noName = host.Call(isOurs: true, "setup", taken);

        noParent.ExitCode.Should().Be(1);
        noParent.Output.Should().Contain("network n2: its parent interface nosuch is not there");
        noName.Output.Should().Contain("create macvlan interface: interface eth0 already exists on container namespace");
        host.Links.Should().Be(links);
        host.Call(isOurs: true, "teardown", taken).OrThrow();
        host.Inside(taken, "/usr/bin/ip link show eth0").Output.Should().Contain("eth0", "it is none of ours");
    }

    [Fact]
    public async Task Podman_runs_a_web_server_on_the_hosts_wire()
    {
        using NetavarkHost host = new(importsImage: true);
        host.World.Router.RunOk("ip addr add 10.9.0.1/24 dev host");
        host.Podman.ShellOk($"podman network create -d macvlan -o parent={Uplink} --subnet 10.9.0.0/24 --gateway 10.9.0.1 lan");

        host.Podman.ShellOk("podman run -d --name web --network lan --ip 10.9.0.7 web /bin/busybox httpd -f -h /www");

        (await host.World.Router.GetOnceServedAsync("http://10.9.0.7/")).Should().Contain("hello");
        host.Podman.ShellOk("podman restart -t 0 web");
        (await host.World.Router.GetOnceServedAsync("http://10.9.0.7/")).Should().Contain("hello");
        host.Podman.ShellOk("podman rm -f -t 0 web");
    }

    private static string Inside(NetavarkHost host, NetavarkCall call)
    {
        string all = string.Concat(
            ((string[])["-d link", "-br addr", "route", "-6 route"]).Select(words => host.Inside(call, $"/usr/bin/ip {words}").Output));
        IEnumerable<string> lines = Changing().Replace(all, "").Split('\n');
        return string.Join('\n', lines.Order(StringComparer.Ordinal)); // netavark takes networks in an order by chance
    }

    private static JsonNode? Answer(CommandResult result) => JsonNode.Parse(VethAddress().Replace(result.OrThrow().Output, "MAC"));

    /// <summary>Indices, link-local addresses and MAC addresses that are drawn, and queues, of which our veths have one.</summary>
    [GeneratedRegex(
        "^[0-9]+: |@if[0-9]+| fe80[^ ]*|^fe80.*$|link-netnsid [0-9]+|link/ether [0-9a-f:]+ |num[tr]xqueues [0-9]+ ",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Changing();

    /// <summary>A veth's MAC address; a macvlan's was chosen.</summary>
    [GeneratedRegex("(?!02:00:00:00)([0-9a-f]{2}:){5}[0-9a-f]{2}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VethAddress();
}
