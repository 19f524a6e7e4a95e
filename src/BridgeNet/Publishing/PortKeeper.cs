using System.Net;
using System.Net.Sockets;

using BridgeNet.Proxies;
using BridgeNet.State;

namespace BridgeNet.Publishing;

/// <summary>
/// What a living process does for an endpoint's published ports: sockets stand on them, so that no program of the host takes them, and IPv6
/// clients whom the kernel cannot lead to the container are led there, from ::1 and to containers without IPv6.
/// </summary>
internal sealed class PortKeeper : IDisposable
{
    private readonly Lock _gate = new();
    private readonly HeldPorts _held;
    private readonly List<(PublishedPort Port, PortProxy Proxy)> _proxies = [];
    private PublishedPort[] _ports;

    private PortKeeper(PublishedPort[] ports, HeldPorts held)
    {
        _ports = ports;
        _held = held;
    }

    /// <summary>Takes the ports of an endpoint that is being attached.</summary>
    /// <param name="host">The namespace that plays the host.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="specs">What was asked for: ports whose host address was not said are served by both families.</param>
    /// <param name="refused">The subnets of internal networks, which must not get out through a proxy.</param>
    /// <exception cref="PortConflictException">Another program has bound a port meanwhile.</exception>
    /// <exception cref="ConfigurationException">There are more ports than the process may have open files.</exception>
    public static PortKeeper Take(NetworkNamespace host, EndpointState endpoint, IReadOnlyList<PortSpec> specs, IReadOnlyList<IPNetwork> refused)
    {
        PublishedPort[] all = [.. endpoint.Ports.SelectMany(port => port.Each())];
        PublishedPort[] served =
        [
            .. from port in all
               where IsServed(endpoint, specs, port)
               select port,
        ];
        HashSet<PublishedPort> apart = [.. served.Select(InIPv6)];
        PortKeeper keeper = new(all, host.Run(() => HeldPorts.Take(all.Where(port => port.HostPort > 0 && !apart.Contains(port)))));
        try
        {
            foreach (PublishedPort port in served)
            {
                keeper._proxies.Add((port, PortProxy.Open(host, InIPv6(port), endpoint.AddressOf(AddressFamily.InterNetwork)!.Address, refused)));
            }
            return keeper;
        }
        catch (ConfigurationException) when (keeper._proxies.Count == 0)
        {
            return keeper; // the host has no IPv6, so there are no such clients
        }
        catch
        {
            keeper.Dispose();
            throw;
        }
    }

    /// <summary>Lets the ports go and ends what goes through the proxies.</summary>
    public void Dispose()
    {
        Retain([]);
        _held.Dispose();
    }

    /// <summary>Lets go of all ports but some.</summary>
    /// <param name="ports">The ports that the endpoint still has, or ranges of them.</param>
    public void Retain(IReadOnlyCollection<PublishedPort> ports)
    {
        HashSet<PublishedPort> staying = [.. ports.SelectMany(port => port.Each())];
        lock (_gate)
        {
            ILookup<bool, PublishedPort> parts = _ports.ToLookup(staying.Contains);
            if (!parts[false].Any())
            {
                return;
            }
            _held.Release(parts[false]);
            foreach ((PublishedPort _, PortProxy proxy) in _proxies.Where(one => !staying.Contains(one.Port)))
            {
                proxy.Dispose();
            }
            _ = _proxies.RemoveAll(one => !staying.Contains(one.Port));
            _ports = [.. parts[true]];
        }
    }

    private static PublishedPort InIPv6(PublishedPort port) => port with { HostAddress = IPAddress.IPv6Any };

    /// <summary>An IPv4 port at every address, of which nobody said that it is to be of IPv4 alone, and that is open to everybody.</summary>
    private static bool IsServed(EndpointState endpoint, IReadOnlyList<PortSpec> specs, PublishedPort port) =>
        port is { IsWildcard: true, Family: AddressFamily.InterNetwork, HostPort: > 0, Sources.Count: 0, Protocol: not TransportProtocol.Sctp }
        && endpoint.AddressOf(AddressFamily.InterNetwork) is not null
        && specs.Any(spec => spec.HostAddress is null
            && spec.Protocol == port.Protocol
            && port.ContainerPort >= spec.ContainerPorts.First
            && port.ContainerPort <= spec.ContainerPorts.Last);
}
