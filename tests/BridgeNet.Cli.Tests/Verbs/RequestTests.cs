using System.CommandLine;
using System.Net;

using BridgeNet.Cli.Demo;
using BridgeNet.Cli.Verbs;
using BridgeNet.Netlink;

namespace BridgeNet.Cli.Tests.Verbs;

public sealed class RequestTests
{
    [Fact]
    public void An_attach_without_options_asks_for_the_defaults_and_to_be_kept()
    {
        ParseResult result = Parse("attach", "web");

        EndpointRequest request = ((AttachVerb)result.CommandResult.Command).Request(result);

        request.Should().BeEquivalentTo(new EndpointRequest { Keep = true });
    }

    [Fact]
    public void An_attach_asks_for_what_its_options_say()
    {
        ParseResult result = Parse(
            "attach", "web", "-p", "8080:80", "--publish", "53:53/udp", "--name", "dns", "--ip", "172.17.0.9", "--mac-address", "02:00:00:00:00:01",
            "--ifname", "lan0");

        EndpointRequest request = ((AttachVerb)result.CommandResult.Command).Request(result);

        request.Name.Should().Be("dns");
        request.IPv4Address.Should().Be(IPAddress.Parse("172.17.0.9"));
        request.MacAddress.Should().Be(MacAddress.Parse("02:00:00:00:00:01"));
        request.InterfaceName.Should().Be(InterfaceName.Parse("lan0"));
        request.Publish.Should().Equal(PortSpec.Parse("8080:80"), PortSpec.Parse("53:53/udp"));
    }

    [Theory]
    [InlineData("attach web")]
    [InlineData("run --network app")]
    public void An_attach_and_a_run_take_every_option_of_an_endpoint(string verb)
    {
        string[] words =
        [
            .. verb.Split(' '), "--ip6", "fd00::9", "--link-local-ip", "169.254.3.4/16", "--link-local-ip", "fe80::5/64", "--gw-priority", "-2",
            "--no-default-route", "--route", "10.9.0.0/16,172.17.0.5", "--route", "fd09::/64", "--sysctl", "net.ipv4.conf.IFNAME.log_martians=1",
            "--sysctl", "net.ipv6.conf.IFNAME.a=b=c", "--no-anti-spoofing", "--ingress-rate", "1g", "--ingress-burst", "2M", "--egress-rate", "500k",
            "--egress-burst", "4294967295", "--alias", "www", "--alias", "shop.example",
        ];
        ParseResult result = Parse(verb.StartsWith("run", StringComparison.Ordinal) ? [.. words, "true"] : words);

        EndpointRequest request = result.CommandResult.Command is RunVerb run
            ? run.Request(result)
            : ((AttachVerb)result.CommandResult.Command).Request(result);

        (request with { Publish = [], Keep = false, HoldPorts = false }).Should().BeEquivalentTo(new EndpointRequest
        {
            IPv6Address = IPAddress.Parse("fd00::9"),
            LinkLocalAddresses = [InterfaceAddress.Parse("169.254.3.4/16"), InterfaceAddress.Parse("fe80::5/64")],
            Aliases = ["www", "shop.example"],
            GatewayPriority = -2,
            DefaultRoute = false,
            Routes = [new StaticRoute(
                IPNetwork.Parse("10.9.0.0/16"), IPAddress.Parse("172.17.0.5")), new StaticRoute(IPNetwork.Parse("fd09::/64"), NextHop: null)],
            Sysctls = [KeyValuePair.Create("net.ipv4.conf.IFNAME.log_martians", "1"), KeyValuePair.Create("net.ipv6.conf.IFNAME.a", "b=c")],
            AntiSpoofing = false,
            Bandwidth = new Bandwidth { IngressRate = 1_000_000_000, IngressBurst = 2_000_000, EgressRate = 500_000, EgressBurst = 4_294_967_295 },
        });
    }

    [Fact]
    public void Publish_from_limits_all_ports_of_the_command_to_those_sources()
    {
        ParseResult attach = Parse("attach", "web", "-p", "80:80", "-p", "81:81", "--publish-from", "10.0.0.0/8", "--publish-from", "fd00::/8");
        ParseResult publish = Parse("publish", "web", "80:80", "81:81", "--publish-from", "10.0.0.0/8");

        IReadOnlyList<PortSpec> attached = ((AttachVerb)attach.CommandResult.Command).Request(attach).Publish;
        IReadOnlyList<PortSpec> published = ((PublishVerb)publish.CommandResult.Command).Ports(publish);

        attached.Should().HaveCount(2).And.OnlyContain(
            port => port.Sources == ValueList.From(new[] { IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("fd00::/8") }));
        published.Should().HaveCount(2).And.OnlyContain(port => port.Sources == ValueList.From(new[] { IPNetwork.Parse("10.0.0.0/8") }));
    }

    [Fact]
    public void A_limit_replaces_all_limits_and_off_lifts_them()
    {
        ParseResult some = Parse("limit", "web", "--egress-rate", "10m"), off = Parse("limit", "web", "--off");

        ((LimitVerb)some.CommandResult.Command).Bandwidth(some).Should().Be(new Bandwidth { EgressRate = 10_000_000 });
        ((LimitVerb)off.CommandResult.Command).Bandwidth(off).Should().BeNull();
    }

    [Theory]
    [InlineData("run -p 80:80 -- nginx -g x", "nginx|-g|x")]
    [InlineData("run -p 80:80 nginx -p 1 --help --name x", "nginx|-p|1|--help|--name|x")]
    [InlineData("run -- sh -- -c @file", "sh|--|-c|@file")]
    [InlineData("--state-dir /x run env --state-dir y", "env|--state-dir|y")]
    public void Every_word_after_the_program_is_passed_to_the_program(string words, string expected)
    {
        ParseResult result = Parse(words.Split(' '));

        IReadOnlyList<string> program = ((RunVerb)result.CommandResult.Command).Words(result);

        string.Join('|', program).Should().Be(expected);
    }

    [Fact]
    public void The_endpoint_of_a_run_ends_with_it()
    {
        ParseResult result = Parse("run", "-p", "8080:80", "true");

        EndpointRequest request = ((RunVerb)result.CommandResult.Command).Request(result);

        request.Keep.Should().BeFalse();
        request.Publish.Should().Equal(PortSpec.Parse("8080:80"));
    }

    [Fact]
    public void A_demo_publishes_at_8080_unless_told_otherwise()
    {
        Demo().Should().Be(new DemoOptions { Port = 8080 });
        Demo("--port", "81", "--bridge-name", "br1", "--keep", "--state-dir", "/x").Should().Be(
            new DemoOptions { Port = 81, Device = InterfaceName.Parse("br1"), Keep = true, StateDirectory = "/x" });
    }

    private static DemoOptions Demo(params string[] options)
    {
        ParseResult result = Parse(["demo", .. options]);
        return ((DemoVerb)result.CommandResult.Command).Read(result);
    }

    private static ParseResult Parse(params string[] words)
    {
        ParseResult result = CommandLine.Parse(words);
        result.Errors.Should().BeEmpty();
        return result;
    }
}
