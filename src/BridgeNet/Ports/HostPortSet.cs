using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace BridgeNet.Ports;

/// <summary>Ports of the host that are spoken for, each protocol by itself. A question costs about the same however many there are.</summary>
internal sealed class HostPortSet
{
    private readonly Dictionary<(TransportProtocol Protocol, IPAddress Address), PortRanges> _ports = [];

    /// <summary>The set of these, but for those that take no port of the host.</summary>
    public static HostPortSet Of(IEnumerable<PublishedPort> ports)
    {
        HostPortSet set = new();
        foreach (PublishedPort port in ports.Where(port => port.HostPort > 0))
        {
            set.Add(port);
        }
        return set;
    }

    /// <summary>Whether a port, or one of its range, is spoken for at its address or at one that it overlaps.</summary>
    public bool Overlaps(PublishedPort port)
    {
        if (port.HostPort == 0)
        {
            return false;
        }
        int last = port.HostPort + port.Count - 1;
        return port.IsWildcard
            ? _ports.Any(entry => entry.Key.Protocol == port.Protocol
                && entry.Key.Address.AddressFamily == port.Family
                && entry.Value.Overlap(port.HostPort, last))
            : Overlaps(port.HostAddress) || Overlaps(port.Family is AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any);

        bool Overlaps(IPAddress address) =>
            _ports.TryGetValue((port.Protocol, address), out PortRanges? ranges) && ranges.Overlap(port.HostPort, last);
    }

    /// <summary>Speaks for a port or a range of them.</summary>
    public void Add(PublishedPort port)
    {
        ref PortRanges? ranges = ref CollectionsMarshal.GetValueRefOrAddDefault(_ports, (port.Protocol, port.HostAddress), out _);
        ranges ??= new PortRanges();
        ranges.Add(port.HostPort, port.HostPort + port.Count - 1);
    }
}
