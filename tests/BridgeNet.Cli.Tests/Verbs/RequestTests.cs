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
    [InlineData("run -p 80:80 -- nginx -g x", "nginx|-g|x")]
    [InlineData("run -p 80:80 nginx -p 1 --help --name x", "nginx|-p|1|--help|--name|x")]
    [InlineData("run -- sh -- -c @file", "sh|--|-c|@file")]
    [InlineData("--state-dir /x run env --state-dir y", "env|--state-dir|y")]
    public void All_words_behind_the_program_are_the_programs(string words, string expected)
    {
        ParseResult result = Parse(words.Split(' '));

        IReadOnlyList<string> program = ((RunVerb)result.CommandResult.Command).Words(result);

        string.Join('|', program).Should().Be(expected);
    }

    [Fact]
    public void A_run_is_not_kept()
    {
        ParseResult result = Parse("run", "-p", "8080:80", "true");

        EndpointRequest request = ((RunVerb)result.CommandResult.Command).Request(result);

        request.Keep.Should().BeFalse();
        request.Publish.Should().Equal(PortSpec.Parse("8080:80"));
    }

    [Fact]
    public void The_default_network_is_dockers() => Definition("bridge").Should().Be(NetworkDefinition.Docker0);

    [Fact]
    public void The_default_network_can_be_moved_bit_by_bit() =>
        Definition("bridge", "--bridge-name", "br9", "--adopt").Should().Be(
            NetworkDefinition.Docker0 with { Device = InterfaceName.Parse("br9"), Adopt = true });

    [Fact]
    public void Another_network_gets_a_bridge_of_twelve_drawn_digits()
    {
        NetworkDefinition first = Definition("app", "--subnet", "10.20.0.0/24"), second = Definition("app", "--subnet", "10.20.0.0/24");

        first.Device.ToString().Should().MatchRegex("^br-[0-9a-f]{12}$");
        second.Device.Should().NotBe(first.Device);
        first.Subnet.Should().Be(IPNetwork.Parse("10.20.0.0/24"));
        first.Gateway.Should().BeNull();
        first.Mtu.Should().BeNull();
    }

    [Fact]
    public void A_network_that_is_there_keeps_its_bridge_when_it_is_made_again()
    {
        ParseResult result = Parse("network", "create", "app", "--subnet", "10.20.0.0/24");
        NetworkDefinition known = NetworkDefinition.Docker0 with { Device = InterfaceName.Parse("br-known") };

        NetworkDefinition definition = ((NetworkCreateVerb)result.CommandResult.Command).Definition(result, known);

        definition.Device.Should().Be(known.Device);
    }

    [Fact]
    public void A_network_is_made_as_its_options_say() =>
        Definition("app", "--subnet", "10.20.0.0/24", "--gateway", "10.20.0.254", "--mtu", "9000", "--bridge-name", "br1").Should().Be(new NetworkDefinition
        {
            Name = "app",
            Device = InterfaceName.Parse("br1"),
            Subnet = IPNetwork.Parse("10.20.0.0/24"),
            Gateway = IPAddress.Parse("10.20.0.254"),
            Mtu = 9000,
        });

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

    private static NetworkDefinition Definition(params string[] words)
    {
        ParseResult result = Parse(["network", "create", .. words]);
        return ((NetworkCreateVerb)result.CommandResult.Command).Definition(result, known: null);
    }

    private static ParseResult Parse(params string[] words)
    {
        ParseResult result = CommandLine.Parse(words);
        result.Errors.Should().BeEmpty();
        return result;
    }
}
