using System.Net;
using System.Net.Sockets;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>What tells the packets of one direction of a connection from all others.</summary>
public sealed record ConntrackTuple
{
    /// <summary>IPv4 or IPv6.</summary>
    public required IPAddress Source { get; init; }

    /// <summary>Of the source's family.</summary>
    public required IPAddress Destination { get; init; }

    /// <summary>The transport protocol.</summary>
    public required ProtocolType Protocol { get; init; }

    /// <summary>0 where the protocol has none, such as ICMP.</summary>
    public ushort SourcePort { get; init; }

    /// <summary>0 where the protocol has none, such as ICMP.</summary>
    public ushort DestinationPort { get; init; }

    /// <summary>As <c>Tcp 10.0.0.1:40000 -> 172.17.0.2:80</c>.</summary>
    public override string ToString() => $"{Protocol} {new IPEndPoint(Source, SourcePort)} -> {new IPEndPoint(Destination, DestinationPort)}";
}
