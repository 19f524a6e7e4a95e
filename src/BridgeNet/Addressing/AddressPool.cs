using System.Buffers.Binary;
using System.Net;

namespace BridgeNet.Addressing;

/// <summary>The IPv4 addresses that a network hands out: those of its subnet but the network's own, the broadcast address and the gateway.</summary>
/// <remarks>Pure arithmetic; who has which address is the state's matter. A /31 has two usable addresses (RFC 3021), a /32 one.</remarks>
internal sealed class AddressPool
{
    private readonly uint _first;
    private readonly uint _last;
    private readonly uint _gateway;

    /// <summary>The pool of a subnet.</summary>
    /// <param name="subnet">An IPv4 network.</param>
    /// <param name="gateway">An address in it that is never handed out.</param>
    public AddressPool(IPNetwork subnet, IPAddress gateway)
    {
        uint network = ToNumber(subnet.BaseAddress);
        uint broadcast = network | (uint)(ulong.MaxValue >> 32 >> subnet.PrefixLength);
        bool hasEnds = subnet.PrefixLength < 31;
        _first = hasEnds ? network + 1 : network;
        _last = hasEnds ? broadcast - 1 : broadcast;
        _gateway = ToNumber(gateway);
        Subnet = subnet;
    }

    /// <summary>The subnet.</summary>
    public IPNetwork Subnet { get; }

    /// <summary>How many addresses can be handed out.</summary>
    public long Count => (long)_last - _first + 1 - (Holds(_gateway) ? 1 : 0);

    /// <summary>Why an address cannot be an endpoint's; null if it can.</summary>
    public string? Refusal(IPAddress address)
    {
        if (!Subnet.Contains(address))
        {
            return $"it is outside the subnet {Subnet}";
        }
        uint number = ToNumber(address);
        return number == _gateway ? "it is the gateway's" : Holds(number) ? null : $"it is the network's or the broadcast address of {Subnet}";
    }

    /// <summary>Every address once, beginning behind one: round robin, so that a freed address is not handed out at once.</summary>
    /// <param name="after">The address handed out last; null to begin at the first.</param>
    public IEnumerable<IPAddress> From(IPAddress? after)
    {
        uint start = after is not null && Subnet.Contains(after) ? ToNumber(after) : _last;
        if (!Holds(start))
        {
            start = _last;
        }
        uint candidate = start;
        do
        {
            candidate = candidate == _last ? _first : candidate + 1;
            if (candidate != _gateway)
            {
                yield return ToAddress(candidate);
            }
        }
        while (candidate != start);
    }

    /// <summary>The address that a network's bridge has when nobody chose one: the first of the subnet.</summary>
    public static IPAddress FirstOf(IPNetwork subnet) =>
        ToAddress(ToNumber(subnet.BaseAddress) + (subnet.PrefixLength < 31 ? 1u : 0u));

    private static uint ToNumber(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[4];
        return address.TryWriteBytes(bytes, out int written) && written == 4
            ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : throw new ArgumentException($"{address} is not an IPv4 address", nameof(address));
    }

    private static IPAddress ToAddress(uint number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return new IPAddress(bytes);
    }

    private bool Holds(uint number) => number >= _first && number <= _last;
}
