using System.Net;
using System.Net.Sockets;

namespace BridgeNet.Ports;

/// <summary>On what a choice of host ports depends, besides the wishes.</summary>
internal sealed record PortChoice
{
    /// <summary>
    /// The host addresses of ports that name none: [0.0.0.0, ::], or what the network says. None overlaps another. If there are none, such ports
    /// take no port of the host.
    /// </summary>
    public required IReadOnlyList<IPAddress> DefaultHostAddresses { get; init; }

    /// <summary>Whether ports at addresses of a family take a port of the host; all do, unless the network is routed.</summary>
    public Func<AddressFamily, bool> TakesHostPorts { get; init; } = static _ => true;

    /// <summary>
    /// Whether a port is published already, at this address or at one that it overlaps. It is asked only of ports that nobody asked for by
    /// number: with those the transaction of the rules finds out, and knows whose it is.
    /// </summary>
    public required Func<PublishedPort, bool> IsPublished { get; init; }

    /// <summary>Whether the search of a range begins at a random port. Another process that looks at this moment takes the lowest too.</summary>
    public bool Anywhere { get; init; }

    /// <summary>What is spoken for beside what is published, to which what is chosen is added; null for nothing.</summary>
    public HostPortSet? Taken { get; init; }

    /// <summary>The ports of the host; unless said, those of the calling thread's network namespace.</summary>
    public IHostPorts Host { get; init; } = new HostPorts();
}
