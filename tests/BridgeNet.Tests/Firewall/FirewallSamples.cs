using System.Net;

using BridgeNet.Firewall;
using BridgeNet.Netlink;

namespace BridgeNet.Tests.Firewall;

/// <summary>Networks, endpoints and ports of both families.</summary>
internal static class FirewallSamples
{
    /// <summary>docker0 in nat mode.</summary>
    public static ProtectedNetwork Docker0 { get; } = new()
    {
        Device = InterfaceName.Parse("docker0"),
        Subnets = [IPNetwork.Parse("172.17.0.0/16"), IPNetwork.Parse("fd00:17::/64")],
    };

    /// <summary>Another, whose subnets begin where those of <see cref="Docker0"/> end.</summary>
    public static ProtectedNetwork Neighbour { get; } = new()
    {
        Device = InterfaceName.Parse("br-0123456789ab"),
        Subnets = [IPNetwork.Parse("172.18.0.0/16"), IPNetwork.Parse("fd00:17:0:1::/64")],
    };

    /// <summary>Two endpoints of <see cref="Docker0"/>.</summary>
    public static ValueList<ProtectedEndpoint> Endpoints { get; } = [Endpoint("2", "one"), Endpoint("3", "two")];

    /// <summary>What a network holds beside itself: two endpoints, ports of both families, one port for some clients alone.</summary>
    public static FirewallState With(ProtectedNetwork network) => new()
    {
        Networks = [network],
        Endpoints = Endpoints,
        Publications = network.IsInternal ? [] :
        [
            At(network, "8080:80", "one"),
            At(network, "[::]:8080:80", "one"),
            At(network, "7000-7099:7000-7099", "one"),
            At(network, "[::1]:7000-7001:7000-7001/udp", "one"),
            At(network, "192.0.2.1:7200-7201:7300-7301", "one"),
            At(network, "127.0.0.1:53:53/udp", "two"),
            At(network, "[::1]:53:53/udp", "two"),
            For(At(network, "192.0.2.1:9000:90/sctp", "two"), "10.0.0.0/8", "192.0.2.0/24", "10.1.0.0/16"),
            For(At(network, "[2001:db8:1::1]:9000:90/sctp", "two"), "2001:db8::/32"),
        ],
    };

    /// <summary>A port of a network in nat mode.</summary>
    public static Publication Publication(string spec, string owner) => At(Docker0, spec, owner);

    /// <summary>A published port for some clients alone.</summary>
    public static Publication For(Publication publication, params string[] sources) =>
        publication with { Port = publication.Port with { Sources = ValueList.From(sources.Select(source => IPNetwork.Parse(source))) } };

    /// <summary>A port at 0.0.0.0, or at the address that is named.</summary>
    public static PublishedPort Port(string spec)
    {
        PortSpec parsed = PortSpec.Parse(spec);
        return new PublishedPort(
            parsed.HostAddress ?? IPAddress.Any,
            parsed.HostPorts!.Value.First,
            parsed.ContainerPorts.First,
            parsed.Protocol) { Count = parsed.ContainerPorts.Count };
    }

    private static Publication At(ProtectedNetwork network, string spec, string owner)
    {
        PublishedPort port = Port(spec);
        FamilySets family = FamilySets.Of(port.HostAddress);
        IPAddress container = Endpoints.Single(endpoint => string.Equals(endpoint.Owner, owner, StringComparison.Ordinal))
            .Addresses.Single(address => FamilySets.Of(address) == family);
        return new Publication(container, port, owner) { IsRouted = network.ModeOf(family) is GatewayMode.Routed };
    }

    private static ProtectedEndpoint Endpoint(string number, string owner) => new(
        InterfaceName.Parse($"bn{owner}"),
        MacAddress.Parse($"02:42:ac:11:00:0{number}"),
        [IPAddress.Parse($"172.17.0.{number}"), IPAddress.Parse($"fd00:17::{number}")],
        owner);
}
