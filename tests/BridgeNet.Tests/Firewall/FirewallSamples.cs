using System.Net;

using BridgeNet.Firewall;
using BridgeNet.Netlink;
using BridgeNet.State;

namespace BridgeNet.Tests.Firewall;

/// <summary>Networks, endpoints and ports of both families.</summary>
internal static class FirewallSamples
{
    /// <summary>docker0 in nat mode.</summary>
    public static NetworkDefinition Docker0 { get; } = new()
    {
        Name = "bridge",
        Device = InterfaceName.Parse("docker0"),
        Subnets = [SubnetDefinition.Parse("172.17.0.0/16"), SubnetDefinition.Parse("fd00:17::/64")],
    };

    /// <summary>Another, whose subnets begin where those of <see cref="Docker0"/> end.</summary>
    public static NetworkDefinition Neighbour { get; } = new()
    {
        Name = "neighbour",
        Device = InterfaceName.Parse("br-0123456789ab"),
        Subnets = [SubnetDefinition.Parse("172.18.0.0/16"), SubnetDefinition.Parse("fd00:17:0:1::/64")],
    };

    /// <summary>Two endpoints of <see cref="Docker0"/>.</summary>
    public static ValueList<EndpointState> Endpoints { get; } = [Endpoint("2", "one"), Endpoint("3", "two")];

    /// <summary>What a network holds beside itself: two endpoints, ports of both families, one port for some clients alone.</summary>
    public static FirewallState With(NetworkDefinition network)
    {
        PublishedPort[] one =
        [
            Port("8080:80"), Port("[::]:8080:80"), Port("7000-7099:7000-7099"),
            Port("[::1]:7000-7001:7000-7001/udp"), Port("192.0.2.1:7200-7201:7300-7301"),
        ];
        PublishedPort[] two =
        [
            Port("127.0.0.1:53:53/udp"),
            Port("[::1]:53:53/udp"),
            For(Port("192.0.2.1:9000:90/sctp"), "10.0.0.0/8", "192.0.2.0/24", "10.1.0.0/16"),
            For(Port("[2001:db8:1::1]:9000:90/sctp"), "2001:db8::/32"),
        ];
        return new FirewallState(
            [network],
            [.. Endpoints.Zip([one, two], (endpoint, ports) => endpoint with { Ports = network.Internal ? [] : [.. ports.Select(OnNetwork)] })]);

        PublishedPort OnNetwork(PublishedPort port) => network.TraitsOf(port.Family).IsTranslated ? port : port with { HostPort = 0 };
    }

    /// <summary>The endpoint of an id.</summary>
    public static EndpointState Endpoint(string id) => Endpoints.Single(endpoint => string.Equals(endpoint.Id, id, StringComparison.Ordinal));

    /// <summary>An endpoint with published ports.</summary>
    public static EndpointState WithPorts(string id, params string[] specs) => Endpoint(id) with { Ports = ValueList.From(specs.Select(Port)) };

    /// <summary>The elements of an endpoint's port.</summary>
    public static IReadOnlyList<TableElement> ElementsOf(string spec, string id) => PortElements.Of(Endpoint(id), Port(spec));

    /// <summary>A port for some clients alone.</summary>
    public static PublishedPort For(PublishedPort port, params string[] sources) =>
        port with { Sources = ValueList.From(sources.Select(source => IPNetwork.Parse(source))) };

    /// <summary>A port at 0.0.0.0, or at the address that is named.</summary>
    public static PublishedPort Port(string spec)
    {
        PortSpec parsed = PortSpec.Parse(spec);
        return new PublishedPort(
            parsed.HostAddress ?? IPAddress.Any,
            parsed.HostPorts!.Value.First,
            parsed.ContainerPorts.First,
            parsed.Protocol)
        { Count = parsed.ContainerPorts.Count };
    }

    private static EndpointState Endpoint(string number, string owner) => new()
    {
        Id = owner,
        Name = owner,
        Network = "bridge",
        SandboxPath = $"/run/netns/{owner}",
        SandboxIdentity = default,
        InterfaceName = InterfaceName.Parse("eth0"),
        HostInterface = InterfaceName.Parse($"bn{owner}"),
        MacAddress = MacAddress.Parse($"02:42:ac:11:00:0{number}"),
        Addresses = [InterfaceAddress.Parse($"172.17.0.{number}/16"), InterfaceAddress.Parse($"fd00:17::{number}/64")],
        Gateways = [],
        Ports = [],
    };
}
