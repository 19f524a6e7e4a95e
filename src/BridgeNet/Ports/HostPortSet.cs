using System.Net;
using System.Runtime.InteropServices;

namespace BridgeNet.Ports;

/// <summary>Ports of the host that are spoken for, each protocol by itself. A question costs the same however many there are.</summary>
internal sealed class HostPortSet
{
    private readonly Dictionary<(TransportProtocol Protocol, int Port), HostAddressSet> _addresses = [];

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
