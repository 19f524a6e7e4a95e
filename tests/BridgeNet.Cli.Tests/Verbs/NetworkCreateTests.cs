using System.CommandLine;
using System.Net;

using BridgeNet.Cli.Tests.Support;
using BridgeNet.Cli.Verbs;
using BridgeNet.Netlink;

namespace BridgeNet.Cli.Tests.Verbs;

public sealed class NetworkCreateTests
{
    [Fact]
    public void The_default_network_is_dockers() => Definition("bridge").Should().Be(NetworkDefinition.Docker0);

    [Fact]
    public void Each_setting_of_the_default_network_can_be_changed_alone() =>
        Definition("bridge", "--bridge-name", "br9", "--adopt", "--gateway", "172.17.0.9", "--mtu", "9000").Should().Be(NetworkDefinition.Docker0 with
        {
            Device = InterfaceName.Parse("br9"),
            Adopt = true,
            Mtu = 9000,
            Subnets = [SubnetDefinition.Parse("172.17.0.0/16") with { Gateway = IPAddress.Parse("172.17.0.9") }],
        });

    [Fact]
    public void An_IPv6_subnet_leaves_the_default_network_the_choice_of_its_IPv4_subnet() =>
        Definition("bridge", "--subnet", "fd00::/64").Should().Be(NetworkDefinition.Docker0 with { Subnets = [SubnetDefinition.Parse("fd00::/64")] });

    [Fact]
    public void The_default_network_without_IPv4_has_no_subnet_of_it() =>
        Definition("bridge", "--ipv4=false", "--ipv6").Should().Be(NetworkDefinition.Docker0 with { IPv4 = false, IPv6 = true, Subnets = [] });

    [Fact]
    public void Another_network_needs_nothing_but_a_name() => Definition("app").Should().Be(new NetworkDefinition { Name = "app" });

    [Fact]
    public void Names_are_asked_for_or_not_by_an_option()
    {
        Definition("app", "--dns").Dns.Should().BeTrue();
        Definition("app", "--no-dns").Dns.Should().BeFalse();
        Definition("bridge", "--dns").Dns.Should().BeTrue();
        Definition("app", "--dns=false").Dns.Should().BeFalse();
        Definition("app", "--no-dns=false").Dns.Should().BeTrue();
        Definition("app").Dns.Should().BeNull();
    }

    [Fact]
    public void Gateways_ranges_and_auxiliary_addresses_go_to_the_subnet_that_contains_them() =>
        Definition(
            "app", "--subnet", "10.20.0.0/24", "--subnet", "fd00:20::/64", "--subnet", "10.21.0.0/24",
            "--gateway", "fd00:20::fe", "--gateway", "10.21.0.254", "--ip-range", "10.20.0.128/25", "--ip-range", "fd00:20::1:0/112",
            "--aux-address", "printer=10.20.0.6", "--aux-address", "DefaultGatewayIPv4=10.20.0.5", "--aux-address", "DefaultGatewayIPv6=fd00:20::5",
            "--aux-address", "scanner=10.20.0.7").Subnets.Should().Equal(
            SubnetDefinition.Parse("10.20.0.0/24") with
            {
                Range = IPNetwork.Parse("10.20.0.128/25"),
                NextHop = IPAddress.Parse("10.20.0.5"),
                Auxiliary =
                    [KeyValuePair.Create("printer", IPAddress.Parse("10.20.0.6")), KeyValuePair.Create("scanner", IPAddress.Parse("10.20.0.7"))],
            },
            SubnetDefinition.Parse("fd00:20::/64") with
            {
                Gateway = IPAddress.Parse("fd00:20::fe"),
                Range = IPNetwork.Parse("fd00:20::1:0/112"),
                NextHop = IPAddress.Parse("fd00:20::5"),
            },
            SubnetDefinition.Parse("10.21.0.0/24") with { Gateway = IPAddress.Parse("10.21.0.254") });

    [Fact]
    public void An_option_and_its_docker_name_ask_for_the_same()
    {
        NetworkDefinition expected = new()
        {
            Name = "app",
            Device = InterfaceName.Parse("br1"),
            MtuFollowsHost = true,
            Internal = true,
            IPv6 = true,
            InterContainer = false,
            Labels = [KeyValuePair.Create("a", string.Empty), KeyValuePair.Create("b", "1=2")],
            AllowForeignForward = true,
        };

        Definition(
            "app",
            "--bridge-name",
            "br1",
            "--mtu",
            "auto",
            "--internal",
            "--ipv6",
            "-o",
            "com.docker.network.bridge.enable_icc=false",
            "--label",
            "b=1=2",
            "--label", "a", "--allow-foreign-forward").Should().Be(expected);
        Definition(
            "app",
            "-o",
            "com.docker.network.bridge.name=br1",
            "-o",
            "com.docker.network.driver.mtu=auto",
            "--opt",
            "com.docker.network.internal=true",
            "-o", "com.docker.network.enable_ipv6=1", "-o", "com.docker.network.bridge.enable_icc=false", "--label", "a", "--label", "b=1=2",
            "--allow-foreign-forward").Should().Be(expected);
    }

    [Theory]
    [InlineData("--subnet 10.20.0.1/24", "'10.20.0.1/24' is an address in the network 10.20.0.0/24: write 10.20.0.0/24")]
    [InlineData("--subnet fd00:20::1/64", "write fd00:20::/64")]
    [InlineData("--gateway 10.20.0.1", "the gateway 10.20.0.1 needs a subnet that it lies in")]
    [InlineData("--subnet 10.20.0.0/24 --gateway 10.21.0.1", "the gateway 10.21.0.1 lies in none of the network's subnets: 10.20.0.0/24")]
    [InlineData("--subnet 10.20.0.0/24 --gateway 10.20.0.1 --gateway 10.20.0.2", "10.20.0.0/24 has one gateway, not both 10.20.0.1 and 10.20.0.2")]
    [InlineData("--subnet 10.20.0.0/24 --ip-range 10.20.0.0/23", "the range 10.20.0.0/23 lies in none")]
    [InlineData("--subnet 10.20.0.0/24 --ip-range 10.20.0.0/25 --ip-range 10.20.0.128/25", "has one range, not both")]
    [InlineData("--subnet 10.20.0.0/24 --aux-address a=10.21.0.1", "the auxiliary address a=10.21.0.1 lies in none")]
    [InlineData("--subnet 10.20.0.0/24 --aux-address a=10.20.0.2 --aux-address a=10.20.0.3", "a=10.20.0.3: the name is given twice")]
    [InlineData("--subnet 10.20.0.0/24 --aux-address DefaultGatewayIPv6=10.20.0.2", "is not of the family that its name says")]
    [InlineData("--aux-address 10.20.0.2", "write NAME=ADDRESS")]
    [InlineData("--aux-address a=b", "'b' is not an address")]
    [InlineData("--label =1", "write KEY=VALUE")]
    [InlineData("--label a=1 --label a=2", "the label a is given twice")]
    [InlineData("-o mtu", "write KEY=VALUE")]
    [InlineData("-o mtu=9000", "com.docker.network.driver.mtu is meant")]
    [InlineData("-o com.docker.network.enable_ipv6=maybe", "the value can be true or false")]
    [InlineData("-o com.docker.network.driver.mtu=1400 --mtu 1400", "--mtu and -o com.docker.network.driver.mtu say the same thing")]
    [InlineData("-o com.docker.network.internal=false --internal", "--internal and -o com.docker.network.internal say the same thing")]
    [InlineData("--mtu 67", "from 68 to 65535, or auto")]
    [InlineData("--bridge-name a/b", "interface name 'a/b'")]
    public void A_wrong_value_is_a_usage_error_that_says_why(string options, string reason)
    {
        using StateScratch state = new();

        Outcome outcome = state.Run(["network", "create", "app", .. options.Split(' ')]);

        outcome.Status.Should().Be(2);
        outcome.ErrorLines.Should().HaveCount(2);
        outcome.ErrorLines[0].Should().Contain(reason);
        outcome.ErrorLines[1].Should().Be("try bridgenet network create --help");
        Directory.EnumerateFileSystemEntries(state.Path).Should().BeEmpty();
    }

    private static NetworkDefinition Definition(params string[] words)
    {
        ParseResult result = CommandLine.Parse(["network", "create", .. words]);
        result.Errors.Should().BeEmpty();
        return ((NetworkCreateVerb)result.CommandResult.Command).Definition(result);
    }
}
