using System.Net;
using System.Runtime.InteropServices;

namespace BridgeNet.Ports;

/// <summary>Ports of the host that are spoken for, each protocol by itself. A question costs the same however many there are.</summary>
internal sealed class HostPortSet
{
    private readonly Dictionary<(TransportProtocol Protocol, int Port), HostAddressSet> _addresses = [];

    /// <summary>The set of these, but for those that take no port of the host.</summary>
    public static HostPortSet Of(IEnumerable<PublishedPort> ports)
    {
        HostPortSet set = new();
        foreach (PublishedPort port in ports.Where(port => port.HostPort > 0))
        {
            set.Add(port.HostAddress, port.HostPort, port.Protocol);
        }
        return set;
    }

    /// <summary>Whether a port is spoken for at its address or at one that it overlaps.</summary>
    public bool Overlaps(PublishedPort port) => Overlaps(port.HostAddress, port.HostPort, port.Protocol);

    /// <summary>Whether the port is spoken for at this address or at one that it overlaps.</summary>
    public bool Overlaps(IPAddress address, int port, TransportProtocol protocol) =>
        _addresses.TryGetValue((protocol, port), out HostAddressSet? addresses) && addresses.Overlaps(address);

    /// <summary>Speaks for a port.</summary>
    public void Add(IPAddress address, int port, TransportProtocol protocol)
    {
        ref HostAddressSet? addresses = ref CollectionsMarshal.GetValueRefOrAddDefault(_addresses, (protocol, port), out _);
        addresses ??= new HostAddressSet();
        addresses.Add(address);
    }
}
