using System.Net;
using System.Net.Sockets;

using CsCheck;

namespace BridgeNet.Tests.Addressing;

internal static class AddressGens
{
    private static readonly Gen<UInt128> s_numbers = Gen.Select(Gen.ULong, Gen.ULong, (high, low) => new UInt128(high, low));

    /// <summary>Networks of a family with prefixes of so many bits.</summary>
    public static Gen<IPNetwork> Networks(AddressFamily family, int shortest, int longest) =>
        from prefix in Gen.Int[shortest, longest]
        from number in s_numbers
        select Network(family, number, prefix);

    /// <summary>Networks inside a network, or all of it.</summary>
    public static Gen<IPNetwork> PartsOf(IPNetwork network) =>
        from address in AddressesOf(network)
        from prefix in Gen.Int[network.PrefixLength, AddressNumber.BitsOf(address.AddressFamily)]
        select Network(address.AddressFamily, AddressNumber.From(address).Value, prefix);

    /// <summary>Addresses of a network, with the first and the last.</summary>
    public static Gen<IPAddress> AddressesOf(IPNetwork network)
    {
        AddressBlock block = AddressBlock.Of(network);
        return s_numbers.Select(number => new AddressNumber(block.Family, block.First + Within(number, block.Last - block.First)).ToAddress());
    }

    private static UInt128 Within(UInt128 number, UInt128 last) => last == UInt128.MaxValue ? number : number % (last + 1);

    private static IPNetwork Network(AddressFamily family, UInt128 number, int prefix)
    {
        UInt128 widest = family is AddressFamily.InterNetworkV6 ? UInt128.MaxValue : uint.MaxValue;
        UInt128 value = number & widest & ~(AddressBlock.SizeOf(family, prefix) - 1);
        return new IPNetwork(new AddressNumber(family, value).ToAddress(), prefix);
    }
}
