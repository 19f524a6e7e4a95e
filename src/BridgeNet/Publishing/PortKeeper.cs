using System.Net;
using System.Net.Sockets;

using BridgeNet.Proxies;
using BridgeNet.State;

namespace BridgeNet.Publishing;

/// <summary>
/// What a living process does for an endpoint's published ports: sockets stand on them, so that no program of the host takes them, and clients
/// whom the kernel cannot lead to the container are led there: those of ::1, IPv6 clients of containers without IPv6, and programs of the host at
/// 127.0.0.1 to containers without IPv4.
/// </summary>
internal sealed class PortKeeper : IDisposable
{
    private static readonly IPAddress[] s_allOfIPv6 = [IPAddress.IPv6Any];

    /// <summary>Of IPv6 only ::1 comes there, because the packet rules take all others.</summary>
    private static readonly IPAddress[] s_localhost = [IPAddress.IPv6Any, IPAddress.Loopback.MapToIPv6()];

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
        bool hasIPv4 = endpoint.AddressOf(AddressFamily.InterNetwork) is not null;
        IPAddress container = (endpoint.AddressOf(AddressFamily.InterNetwork) ?? endpoint.Addresses[0]).Address;
        PublishedPort[] served =
        [
            .. from port in all
               where IsServed(hasIPv4 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6, specs, port)
               select port,
        ];
        IPAddress[] addresses = hasIPv4 ? s_allOfIPv6 : s_localhost;
        HashSet<PublishedPort> apart = [.. served.SelectMany(port => addresses.Select(address => port with { HostAddress = address }))];
        PortKeeper keeper = new(all, host.Run(() => HeldPorts.Take(all.Where(port => port.HostPort > 0 && !apart.Contains(port)))));
        try
        {
            foreach (PublishedPort port in served)
            {
                foreach (IPAddress address in addresses)
                {
                    keeper.Serve(host, port, address, container, refused);
                }
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

    /// <summary>127.0.0.1 may have a program of the host, for IPv6 ports alone were asked for: that program stays.</summary>
    private void Serve(NetworkNamespace host, PublishedPort port, IPAddress address, IPAddress container, IReadOnlyList<IPNetwork> refused)
    {
        try
        {
            _proxies.Add((port, PortProxy.Open(host, port with { HostAddress = address }, container, refused)));
        }
        catch (PortConflictException) when (address.IsIPv4MappedToIPv6)
        {
            // its clients reach that program
        }
    }

    /// <summary>Lets go of all ports but some.</summary>
    /// <param name="ports">The ports that the endpoint still has, or ranges of them.</param>
    public void Retain(IReadOnlyCollection<PublishedPort> ports)
    {
        HashSet<PublishedPort> staying = [.. ports.SelectMany(port => port.Each())];
        PortProxy[] ending;
        lock (_gate)
        {
            ILookup<bool, PublishedPort> parts = _ports.ToLookup(staying.Contains);
            _held.Release(parts[false]);
            ending = [.. _proxies.Where(one => !staying.Contains(one.Port)).Select(one => one.Proxy)];
            _ = _proxies.RemoveAll(one => !staying.Contains(one.Port));
            _ports = [.. parts[true]];
        }
        Array.ForEach(ending, proxy => proxy.Dispose()); // which waits for its connections
    }

    /// <summary>A port at every address, of which nobody said that it is to be of one family alone, and that is open to everybody.</summary>
    private static bool IsServed(AddressFamily family, IReadOnlyList<PortSpec> specs, PublishedPort port) =>
        port is { IsWildcard: true, HostPort: > 0, Sources.Count: 0, Protocol: not TransportProtocol.Sctp }
        && port.Family == family
        && specs.Any(spec => spec.HostAddress is null
            && spec.Protocol == port.Protocol
            && port.ContainerPort >= spec.ContainerPorts.First
            && port.ContainerPort <= spec.ContainerPorts.Last);
}
