using System.Net;
using System.Text.Json;

using BridgeNet.Netlink;
using BridgeNet.Runtimes.Docker;

namespace BridgeNet.Cli.Tests.Docker;

public sealed class DockerShapeTests
{
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
        Gateway = IPAddress.Parse("172.17.0.1"),
        Ports =
        [
            new PublishedPort(null, 8080, 80, TransportProtocol.Tcp),
            new PublishedPort(IPAddress.Loopback, 8081, 80, TransportProtocol.Tcp),
            new PublishedPort(null, 53, 53, TransportProtocol.Udp),
        ],
        IsKept = true,
    };

    [Fact]
    public void An_endpoint_has_the_keys_of_dockers_network_settings() =>
        JsonSerializer.Serialize([DockerEndpoint.From(s_web, "aaaabbbbcccc", NetworkDefinition.Docker0)], DockerJsonContext.Default.IReadOnlyListDockerEndpoint)
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
    public void A_network_has_the_shape_of_docker_network_inspect() =>
        JsonSerializer.Serialize(
                [DockerNetwork.From("aaaabbbbcccc", NetworkDefinition.Docker0, "172.17.0.1", [s_web, s_web with { Id = "ffffffffffff", NetworkName = "app" }])],
                DockerJsonContext.Default.IReadOnlyListDockerNetwork)
            .Should().Be(
                """
                [
                    {
                        "Name": "bridge",
                        "Id": "aaaabbbbcccc",
                        "Scope": "local",
                        "Driver": "bridge",
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
                        }
                    }
                ]
                """);

    [Fact]
    public void A_network_without_a_size_of_its_own_names_none() =>
        DockerNetwork.From("aaaabbbbcccc", NetworkDefinition.Docker0 with { Name = "app", Mtu = null }, "172.17.0.1", []).Options
            .Should().Equal(new Dictionary<string, string>(StringComparer.Ordinal) { [DockerNetwork.BridgeNameOption] = "docker0" });

    [Fact]
    public void What_docker_adds_to_a_shape_is_skipped() =>
        JsonSerializer.Deserialize("""{"HostIp":"::","HostPort":"1","New":[1]}""", DockerJsonContext.Default.DockerPortBinding)
            .Should().Be(new DockerPortBinding("::", "1"));
}
