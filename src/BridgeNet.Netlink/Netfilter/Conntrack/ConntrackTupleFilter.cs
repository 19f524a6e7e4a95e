using System.Net;
using System.Net.Sockets;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>The parts of a connection's tuple that must match; a null part matches anything.</summary>
public sealed record ConntrackTupleFilter
{
    /// <summary>Null for any; an IPv6 address's scope does not count.</summary>
    public IPAddress? Source { get; init; }

    /// <summary>Null for any; an IPv6 address's scope does not count.</summary>
    public IPAddress? Destination { get; init; }

    /// <summary>Null for any; ports need one.</summary>
    public ProtocolType? Protocol { get; init; }

    /// <summary>Null for any.</summary>
    public ushort? SourcePort { get; init; }

    /// <summary>Null for any.</summary>
    public ushort? DestinationPort { get; init; }

    /// <summary>Whether a tuple matches.</summary>
    public bool Matches(ConntrackTuple tuple)
    {
        ArgumentNullException.ThrowIfNull(tuple);
        return (Protocol is null || Protocol == tuple.Protocol)
            && (DestinationPort is null || DestinationPort == tuple.DestinationPort)
            && (SourcePort is null || SourcePort == tuple.SourcePort)
            && IsAt(Destination, tuple.Destination)
            && IsAt(Source, tuple.Source);
    }

    /// <summary>Refuses a filter that can match nothing.</summary>
    /// <exception cref="ArgumentException">An address of the other family, or a port without a protocol.</exception>
    internal static void Validate(NftFamily family, ConntrackTupleFilter? filter)
    {
        AddressFamily addresses = family is NftFamily.IPv4 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;
        if ((filter?.Source?.AddressFamily ?? addresses) != addresses || (filter?.Destination?.AddressFamily ?? addresses) != addresses)
        {
            throw new ArgumentException($"the addresses are not {family}'s", nameof(filter));
        }
        if (filter is { Protocol: null } && (filter.SourcePort ?? filter.DestinationPort) is not null)
        {
            throw new ArgumentException("a port needs a protocol", nameof(filter));
        }
    }

    private static bool IsAt(IPAddress? wanted, IPAddress actual)
    {
        if (wanted is null || wanted.Equals(actual))
        {
            return true;
        }
        Span<byte> one = stackalloc byte[16], other = stackalloc byte[16];
        return wanted.TryWriteBytes(one, out int length)
            && actual.TryWriteBytes(other, out int otherLength)
            && one[..length].SequenceEqual(other[..otherLength]);
    }
}
