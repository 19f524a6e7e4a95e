using System.Net;
using System.Net.Sockets;

using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Firewall;

/// <summary>Decides which connections of one family no longer fit the published ports.</summary>
/// <remarks>
/// After ports came: connections to such a port of the host that do not lead to the container. The same port of other machines does not count,
/// because publishing 443 here must not end connections that leave the host for port 443. After ports went: connections by such a port to the
/// container, and on a routed network those to the container's own address and port.
/// </remarks>
internal sealed class StaleConnections
{
    private readonly ILookup<(ProtocolType Protocol, ushort Port), PublishedPort> _portsByKey;
    private readonly PublishedPort[] _ranges;
    private readonly PublishedPort[] _routed;
    private readonly IReadOnlyList<IPAddress> _containerAddresses;
    private readonly Lazy<HashSet<IPAddress>> _hostAddresses;

    /// <param name="family">The family.</param>
    /// <param name="ports">The ports that came or went, all of one family.</param>
    /// <param name="containerAddresses">The container's addresses, of any family.</param>
    /// <param name="hostAddresses">Lists the host's addresses of both families without 127.0.0.0/8; called only if a connection needs it.</param>
    /// <param name="isRemoval">Whether they went.</param>
    public StaleConnections(
        NftFamily family,
        IReadOnlyCollection<PublishedPort> ports,
        IReadOnlyList<IPAddress> containerAddresses,
        Lazy<HashSet<IPAddress>> hostAddresses,
        bool isRemoval)
    {
        AddressFamily addresses = family is NftFamily.IPv4 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;
        Family = family;
        Ports = ports;
        IsRemoval = isRemoval;
        _routed = [.. ports.Where(port => port.HostPort == 0)];
        _ranges = [.. ports.Where(port => port is { HostPort: > 0, Count: > 1 })];
        _portsByKey = ports.Where(port => port is { HostPort: > 0, Count: 1 }).ToLookup(port => ((ProtocolType)port.Protocol, (ushort)port.HostPort));
        _containerAddresses = [.. containerAddresses.Where(address => address.AddressFamily == addresses)];
        _hostAddresses = hostAddresses;
    }

    /// <summary>IPv4 or IPv6.</summary>
    public NftFamily Family { get; }

    /// <summary>The ports that came or went.</summary>
    public IReadOnlyCollection<PublishedPort> Ports { get; }

    /// <summary>Whether they went.</summary>
    public bool IsRemoval { get; }

    /// <summary>The address family of a port's clients.</summary>
    public static NftFamily FamilyOf(PublishedPort port) =>
        port.HostAddress is { AddressFamily: AddressFamily.InterNetworkV6 } ? NftFamily.IPv6 : NftFamily.IPv4;

    /// <summary>Whether a connection is stale.</summary>
    public bool Contains(ConntrackEntry entry)
    {
        ushort number = entry.Original.DestinationPort;
        IEnumerable<PublishedPort> ranges = _ranges.Where(range =>
            (ProtocolType)range.Protocol == entry.Original.Protocol && number >= range.HostPort && number < range.HostPort + range.Count);
        foreach (PublishedPort port in _portsByKey[(entry.Original.Protocol, number)].Concat(ranges))
        {
            int inside = port.ContainerPort + number - port.HostPort;
            bool leadsToContainer = entry.Reply.SourcePort == inside && _containerAddresses.Contains(entry.Reply.Source);
            if (IsAtHostAddressOf(port, entry.Original.Destination) && leadsToContainer == IsRemoval)
            {
                return true;
            }
        }
        return Array.Exists(_routed, port => (ProtocolType)port.Protocol == entry.Original.Protocol
            && number >= port.ContainerPort && number < port.ContainerPort + port.Count
            && _containerAddresses.Contains(entry.Original.Destination));
    }

    /// <summary>The kernel's filter for one port: after ports went, exactly its connections; after ports came, some more.</summary>
    public IEnumerable<ConntrackFilter> FiltersOf(PublishedPort port)
    {
        if (port.HostPort == 0)
        {
            return _containerAddresses.Select(address => new ConntrackFilter
            {
                Family = Family,
                Original = new ConntrackTupleFilter
                {
                    Destination = address,
                    Protocol = (ProtocolType)port.Protocol,
                    DestinationPort = (ushort)port.ContainerPort,
                },
            });
        }
        ConntrackFilter toPort = new()
        {
            Family = Family,
            Original = new ConntrackTupleFilter
            {
                Destination = IsWildcard(port) ? null : port.HostAddress,
                Protocol = (ProtocolType)port.Protocol,
                DestinationPort = (ushort)port.HostPort,
            },
        };
        return !IsRemoval ? [toPort] : _containerAddresses.Select(address => toPort with
        {
            Reply = new ConntrackTupleFilter
            {
                Source = address,
                Protocol = (ProtocolType)port.Protocol,
                SourcePort = (ushort)port.ContainerPort,
            },
        });
    }

    private static bool IsWildcard(PublishedPort port) =>
        port.HostAddress is null || port.HostAddress.Equals(IPAddress.Any) || port.HostAddress.Equals(IPAddress.IPv6Any);

    /// <summary>A translated connection came to an address of the host, so when ports went that needs no check.</summary>
    private bool IsAtHostAddressOf(PublishedPort port, IPAddress address) => IsWildcard(port)
        ? IsRemoval || IPAddress.IsLoopback(address) || _hostAddresses.Value.Contains(address)
        : address.Equals(port.HostAddress);
}
