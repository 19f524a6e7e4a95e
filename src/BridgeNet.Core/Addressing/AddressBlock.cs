using System.Net;
using System.Net.Sockets;

namespace BridgeNet.Core.Addressing;

/// <summary>The addresses of one family from a first to a last, both included. If the last is before the first, the block is empty.</summary>
internal readonly record struct AddressBlock(AddressFamily Family, UInt128 First, UInt128 Last)
{
    /// <summary>Whether it has no addresses.</summary>
    public bool IsEmpty => Last < First;

    /// <summary>The last address.</summary>
    public IPAddress LastAddress => new AddressNumber(Family, Last).ToAddress();

    /// <summary>The prefix of a subnet that asks for any block of its size, as 0.0.0.0/24 or ::/80 do; null if it names a block.</summary>
    public static int? SizeAskedFor(IPNetwork subnet) =>
        subnet.PrefixLength > 0 && AddressNumber.From(subnet.BaseAddress).Value == UInt128.Zero ? subnet.PrefixLength : null;

    /// <summary>All addresses of a network, with the first and the last.</summary>
    public static AddressBlock Of(IPNetwork network)
    {
        AddressNumber first = AddressNumber.From(network.BaseAddress);
        return new AddressBlock(first.Family, first.Value, first.Value | (SizeOf(first.Family, network.PrefixLength) - 1));
    }

    /// <summary>How many addresses a network has; 0 for ::/0, whose size is one more than fits.</summary>
    public static UInt128 SizeOf(AddressFamily family, int prefixLength)
    {
        int bits = AddressNumber.BitsOf(family) - prefixLength;
        return bits < 128 ? UInt128.One << bits : UInt128.Zero;
    }

    /// <summary>Whether it contains an address.</summary>
    public bool Contains(AddressNumber address) => address.Family == Family && address.Value >= First && address.Value <= Last;

    /// <summary>Whether it contains all of another block.</summary>
    public bool Contains(AddressBlock other) => other.Family == Family && other.First >= First && other.Last <= Last;

    /// <summary>Whether two blocks share an address.</summary>
    public bool Overlaps(AddressBlock other) => other.Family == Family && other.First <= Last && other.Last >= First;

    /// <summary>The common part of two blocks of one family.</summary>
    public AddressBlock Intersect(AddressBlock other) =>
        new(Family, UInt128.Max(First, other.First), UInt128.Min(Last, other.Last));
}
