using System.Net;
using System.Text.Json;

using BridgeNet.Netlink;
using BridgeNet.Runtimes.Docker;

namespace BridgeNet.Cli.Tests.Docker;

public sealed class DockerShapeTests
{
    private static readonly NetworkDefinition s_bridge = NetworkDefinition.Docker0 with
    {
        Subnets = [SubnetDefinition.Parse("172.17.0.0/16") with { Gateway = IPAddress.Parse("172.17.0.1") }],
    };

    private static readonly Endpoint s_web = new()
    {
        Id = "0123456789ab",
        Name = "web",
        NetworkName = "bridge",
        SandboxPath = "/run/netns/web",
        InterfaceName = InterfaceName.Parse("eth0"),
        HostInterfaceName = InterfaceName.Parse("veth0123456789"),
        MacAddress = MacAddress.Parse("02:42:ac:11:00:02"),
        IPv4Address = InterfaceAddress.Parse("172.17.0.2/16"),
        IPv4Gateway = IPAddress.Parse("172.17.0.1"),
        Ports =
        [
            new PublishedPort(IPAddress.Any, 8080, 80, TransportProtocol.Tcp),
            new PublishedPort(IPAddress.Loopback, 8081, 80, TransportProtocol.Tcp),
            new PublishedPort(IPAddress.Any, 53, 53, TransportProtocol.Udp),
        ],
        IsKept = true,
    };

    [Fact]
    public void An_endpoint_has_the_keys_of_dockers_network_settings() =>
        JsonSerializer.Serialize(
            [DockerEndpoint.From(s_web, "aaaabbbbcccc", NetworkDefinition.Docker0)], DockerJsonContext.Default.IReadOnlyListDockerEndpoint)
            .Should().Be(
                """
                [
                    {
                        "Id": "0123456789ab",
                        "Name": "web",
                        "Bridge": "docker0",
                        "SandboxKey": "/run/netns/web",
                        "Ports": {
                            "53/udp": [
                                {
                                    "HostIp": "0.0.0.0",
                                    "HostPort": "53"
                                }
                            ],
                            "80/tcp": [
                                {
                                    "HostIp": "0.0.0.0",
                                    "HostPort": "8080"
                                },
                                {
                                    "HostIp": "127.0.0.1",
                                    "HostPort": "8081"
                                }
                            ]
                        },
                        "EndpointID": "0123456789ab",
                        "Gateway": "172.17.0.1",
                        "GlobalIPv6Address": "",
                        "GlobalIPv6PrefixLen": 0,
                        "IPAddress": "172.17.0.2",
                        "IPPrefixLen": 16,
                        "IPv6Gateway": "",
                        "MacAddress": "02:42:ac:11:00:02",
                        "Networks": {
                            "bridge": {
                                "NetworkID": "aaaabbbbcccc",
                                "EndpointID": "0123456789ab",
                                "GwPriority": 0,
                                "Gateway": "172.17.0.1",
                                "IPAddress": "172.17.0.2",
                                "IPPrefixLen": 16,
                                "IPv6Gateway": "",
                                "GlobalIPv6Address": "",
                                "GlobalIPv6PrefixLen": 0,
                                "MacAddress": "02:42:ac:11:00:02"
                            }
                        }
                    }
                ]
                """);

    [Fact]
    public void An_endpoint_with_names_has_dockers_keys_for_them_and_its_name_servers() =>
        DockerEndpoint.From(
            s_web with { Aliases = ["www", "WEB"], NameServers = [IPAddress.Parse("172.17.0.1")] }, "aaaabbbbcccc", s_bridge with { Dns = true })
            .Networks["bridge"].Should().BeEquivalentTo(
                new { Aliases = new[] { "www", "WEB" }, DNSNames = new[] { "web", "0123456789ab", "www" }, NameServers = new[] { "172.17.0.1" } });

    [Fact]
    public void A_network_has_the_shape_of_docker_network_inspect() =>
        JsonSerializer.Serialize(
                [DockerNetwork.From("aaaabbbbcccc", s_bridge, [s_web, s_web with { Id = "ffffffffffff", NetworkName = "app" }])],
                DockerJsonContext.Default.IReadOnlyListDockerNetwork)
            .Should().Be(
                """
                [
                    {
                        "Name": "bridge",
                        "Id": "aaaabbbbcccc",
                        "Scope": "local",
                        "Driver": "bridge",
                        "EnableIPv4": true,
                        "EnableIPv6": false,
                        "IPAM": {
                            "Driver": "default",
                            "Config": [
                                {
                                    "Subnet": "172.17.0.0/16",
                                    "Gateway": "172.17.0.1"
                                }
                            ]
                        },
                        "Internal": false,
                        "Dns": false,
                        "Containers": {
                            "0123456789ab": {
                                "Name": "web",
                                "EndpointID": "0123456789ab",
                                "MacAddress": "02:42:ac:11:00:02",
                                "IPv4Address": "172.17.0.2/16",
                                "IPv6Address": ""
                            }
                        },
                        "Options": {
                            "com.docker.network.bridge.default_bridge": "true",
                            "com.docker.network.bridge.name": "docker0",
                            "com.docker.network.driver.mtu": "1500"
                        },
                        "Labels": {}
                    }
                ]
                """);

    [Fact]
    public void A_network_without_a_size_of_its_own_names_none() =>
        DockerNetwork.From("aaaabbbbcccc", NetworkDefinition.Docker0 with { Name = "app", Mtu = null }, []).Options
            .Should().Equal(new Dictionary<string, string>(StringComparer.Ordinal) { [DockerNetworkOptions.BridgeName] = "docker0" });

    [Fact]
    public void A_network_shows_both_families_what_lies_in_its_subnets_and_its_labels()
    {
        NetworkDefinition definition = new()
        {
            Name = "app",
            Internal = true,
            Labels = [KeyValuePair.Create("owner", "web")],
            Subnets =
            [
                new SubnetDefinition
                {
                    Subnet = IPNetwork.Parse("10.20.0.0/24"),
                    Range = IPNetwork.Parse("10.20.0.128/25"),
                    NextHop = IPAddress.Parse("10.20.0.5"),
                    Auxiliary = [KeyValuePair.Create("printer", IPAddress.Parse("10.20.0.6"))],
                },
                new SubnetDefinition { Subnet = IPNetwork.Parse(
                    "fd00:20::/64"), Gateway = IPAddress.Parse("fd00:20::1"), NextHop = IPAddress.Parse("fd00:20::5") },
            ],
        };

        DockerNetwork shown = DockerNetwork.From("aaaabbbbcccc", definition, []);

        shown.Should().Match<DockerNetwork>(network => network.EnableIPv4 && network.EnableIPv6 && network.Internal);
        shown.Labels.Should().Equal(new Dictionary<string, string>(StringComparer.Ordinal) { ["owner"] = "web" });
        JsonSerializer.Serialize([shown], DockerJsonContext.Default.IReadOnlyListDockerNetwork).Should().Contain(
            """
                        "Config": [
                            {
                                "Subnet": "10.20.0.0/24",
                                "IPRange": "10.20.0.128/25",
                                "AuxiliaryAddresses": {
                                    "DefaultGatewayIPv4": "10.20.0.5",
                                    "printer": "10.20.0.6"
                                }
                            },
                            {
                                "Subnet": "fd00:20::/64",
                                "Gateway": "fd00:20::1",
                                "AuxiliaryAddresses": {
                                    "DefaultGatewayIPv6": "fd00:20::5"
                                }
                            }
                        ]
            """);
    }

    [Fact]
    public void A_port_is_shown_at_both_families_and_without_the_hosts_port_where_it_is_routed()
    {
        Endpoint endpoint = s_web with
        {
            IPv6Address = InterfaceAddress.Parse("fd00::2/64"),
            IPv6Gateway = IPAddress.Parse("fd00::1"),
            GatewayPriority = 7,
            Bandwidth = new Bandwidth { EgressRate = 10 },
            Ports = [new PublishedPort(IPAddress.Any, 8080, 80, TransportProtocol.Tcp), new PublishedPort(
                IPAddress.IPv6Any, 1, 80, TransportProtocol.Tcp)],
        };

        DockerEndpoint shown = DockerEndpoint.From(endpoint, "aaaabbbbcccc", s_bridge with { IPv6 = true, IPv6Mode = GatewayMode.Routed });

        shown.Ports["80/tcp"].Should().Equal(new DockerPortBinding("0.0.0.0", "8080"), new DockerPortBinding("::", string.Empty));
        shown.Should().Match<DockerEndpoint>(
            found => found.GlobalIPv6Address == "fd00::2" && found.GlobalIPv6PrefixLen == 64 && found.IPv6Gateway == "fd00::1");
        shown.Networks["bridge"].GwPriority.Should().Be(7);
        shown.Bandwidth.Should().Be(endpoint.Bandwidth);
    }

    [Fact]
    public void Keys_that_only_docker_knows_are_skipped() =>
        JsonSerializer.Deserialize("""{"HostIp":"::","HostPort":"1","New":[1]}""", DockerJsonContext.Default.DockerPortBinding)
            .Should().Be(new DockerPortBinding("::", "1"));
}
