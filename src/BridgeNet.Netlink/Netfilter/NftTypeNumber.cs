namespace BridgeNet.Netlink.Netfilter;

/// <summary>The number and length that a set bears for the types of its keys or data.</summary>
internal static class NftTypeNumber
{
    /// <summary>The bytes of a value of these types: each part of several is filled up to 4.</summary>
    public static uint LengthOf(ValueList<NftType> types) =>
        types.Count == 1 ? (uint)types[0].Length : (uint)types.Sum(type => NftKey.AlignPart(type.Length));

    /// <summary>6 bits for each type, the first in the highest.</summary>
    public static uint NumberOf(ValueList<NftType> types) => types.Aggregate(0u, (number, type) => (number << NftType.BitsPerPart) | type.Id);

    /// <summary>In which order nft takes the bytes; that of several parts is neither.</summary>
    public static uint ByteOrderOf(ValueList<NftType> types) => types.Count == 1 ? types[0].ByteOrder : 0;

    /// <summary>The types of a number, if all are known and have this length together; else one type of that number and length.</summary>
    public static ValueList<NftType> Read(uint number, uint length)
    {
        List<NftType> types = [];
        for (uint rest = number; rest != 0; rest >>= NftType.BitsPerPart)
        {
            uint id = rest & ((1u << NftType.BitsPerPart) - 1);
            types.Insert(0, Array.Find(NftType.Known.ToArray(), type => type.Id == id));
        }
        ValueList<NftType> list = ValueList.From(types);
        return list.Count > 0 && LengthOf(list) == length && NumberOf(list) == number ? list : [new NftType(number, (int)length)];
    }
}
