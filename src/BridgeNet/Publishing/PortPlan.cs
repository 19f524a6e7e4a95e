using System.Net;
using System.Net.Sockets;

using BridgeNet.Netlink;
using BridgeNet.State;

namespace BridgeNet.Publishing;

/// <summary>What was asked of an endpoint's ports, checked against its network, and who may use them.</summary>
internal static class PortPlan
{
    private const int IgnoredHostPort = 0;

    private static readonly IPAddress[] s_wildcards = [IPAddress.Any, IPAddress.IPv6Any];

    /// <summary>Refuses what the network, or what is published already, does not allow.</summary>
    /// <exception cref="ConfigurationException">
    /// The network is internal, an address is of a family that the endpoint lacks, or a container port already has other allowed sources.
    /// </exception>
    public static void Check(NetworkState network, EndpointState endpoint, IReadOnlyList<PortSpec> specs)
    {
        if (specs.Count > 0 && network.Definition.Internal)
        {
            throw new ConfigurationException(
                "port",
                $"{specs[0]}: network {network.Name} is internal, nothing outside reaches it: attach to another network too, and publish there");
        }
        foreach (PortSpec spec in specs)
        {
            if (spec.HostAddress is { } address && endpoint.AddressOf(address.AddressFamily) is null)
            {
                string family = address.AddressFamily is AddressFamily.InterNetwork ? "IPv4" : "IPv6";
                throw new ConfigurationException(
                    nameof(PortSpec.HostAddress),
                    $"{address} is of {family}, which network {network.Name} has not: publish at an address of the other family");
            }
        }
        foreach (PortSpec spec in endpoint.Ports.Count == 0 ? [] : specs)
        {
            if (endpoint.Ports.SelectMany(port => Led(spec, port)).FirstOrDefault(port => port.Sources != Sources(specs, port)) is { } other)
            {
                throw new ConfigurationException(
                    "port", $"{spec}: {other} is published for others to use: unpublish that one first, for a container port has one set of users");
            }
        }
    }

    /// <summary>The ports that are let into a routed network; the host's ports mean nothing there.</summary>
    public static IEnumerable<PublishedPort> Routed(NetworkState network, EndpointState endpoint, IReadOnlyList<PortSpec> specs)
    {
        foreach (IPAddress address in s_wildcards)
        {
            if (network.Definition.TraitsOf(address.AddressFamily).IsTranslated || endpoint.AddressOf(address.AddressFamily) is null)
            {
                continue;
            }
            foreach (PortSpec spec in specs)
            {
                if (spec.HostAddress is null || spec.HostAddress.AddressFamily == address.AddressFamily)
                {
                    PortRange ports = spec.ContainerPorts;
                    yield return new PublishedPort(address, IgnoredHostPort, ports.First, spec.Protocol) { Count = ports.Count };
                }
            }
        }
    }

    /// <summary>The host's addresses at which ports are published that do not say it; those of families alone that take ports of the host.</summary>
    public static IReadOnlyList<IPAddress> DefaultHostAddresses(NetworkState network, EndpointState endpoint)
    {
        IReadOnlyList<IPAddress> addresses = network.HostAddresses(hasIPv6: endpoint.AddressOf(AddressFamily.InterNetworkV6) is not null);
        for (int i = 0; i < addresses.Count; i++)
        {
            if (!IsTranslated(addresses[i]))
            {
                return [.. addresses.Where(IsTranslated)];
            }
        }
        return addresses;

        bool IsTranslated(IPAddress address) =>
            network.Definition.TraitsOf(address.AddressFamily).IsTranslated && endpoint.AddressOf(address.AddressFamily) is not null;
    }

    /// <summary>Ports with those who may use them, who may differ within a range.</summary>
    public static IEnumerable<PublishedPort> WithSources(IReadOnlyList<PortSpec> specs, PublishedPort port) =>
        PublishedPort.Join(port.Each().Select(one => one with { Sources = Sources(specs, one) }));

    /// <summary>Those of some ports of an endpoint that a specification is about, unless everybody may use both.</summary>
    private static IEnumerable<PublishedPort> Led(PortSpec spec, PublishedPort port) =>
        spec.Sources.Count == 0 && port.Sources.Count == 0 ? [] : port.Each().Where(one => Leads(spec, one));

    private static ValueList<IPNetwork> Sources(IReadOnlyList<PortSpec> specs, PublishedPort port)
    {
        PortSpec[] leading = [.. specs.Where(spec => Leads(spec, port))];
        return Array.Exists(leading, spec => spec.Sources.Count == 0) ? [] : ValueList.From(leading.SelectMany(spec => spec.Sources).Distinct());
    }

    private static bool Leads(PortSpec spec, PublishedPort port) =>
        spec.Protocol == port.Protocol && port.ContainerPort >= spec.ContainerPorts.First && port.ContainerPort <= spec.ContainerPorts.Last;
}
