using System.Runtime.InteropServices;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>The user data of a set as nft writes them: entries of type, length, value, which tell it how to print elements.</summary>
internal static class NftSetUserData
{
    /// <summary>libnftnl's NFTNL_UDATA_SET_KEYBYTEORDER, u32 in host order.</summary>
    private const byte KeyByteOrder = 0;

    /// <summary>libnftnl's NFTNL_UDATA_SET_DATABYTEORDER, u32 in host order.</summary>
    private const byte DataByteOrder = 1;

    /// <summary>libnftnl's NFTNL_UDATA_SET_KEY_TYPEOF, nested.</summary>
    private const byte KeyTypeOf = 3;

    /// <summary>libnftnl's NFTNL_UDATA_SET_COMMENT, string.</summary>
    private const byte CommentType = 7;

    /// <summary>The user data of a set.</summary>
    public static byte[] Write(NftSet set)
    {
        byte[] key = Entry(KeyByteOrder, NftTypeNumber.ByteOrderOf(set.KeyTypes));
        byte[] data = set.IsMap ? Entry(DataByteOrder, NftTypeNumber.ByteOrderOf(set.DataTypes)) : [];
        byte[] comment = set.Comment is { } text ? NftUserData.StringEntry(CommentType, text) : [];
        byte[] typeOf = set.TypeOf.Length > 0 ? [KeyTypeOf, (byte)set.TypeOf.Length, .. set.TypeOf.Bytes] : [];
        return [.. key, .. data, .. typeOf, .. comment];
    }

    /// <summary>The comment in a set's user data; null if there is none.</summary>
    public static string? ReadComment(ReadOnlySpan<byte> userData) => NftUserData.FindString(userData, CommentType);

    private static byte[] Entry(byte type, uint value)
    {
        byte[] entry = [type, sizeof(uint), 0, 0, 0, 0];
        MemoryMarshal.Write(entry.AsSpan(2), value);
        return entry;
    }
}
