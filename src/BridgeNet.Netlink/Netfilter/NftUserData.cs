using System.Runtime.InteropServices;
using System.Text;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>
/// What the creator of a table, chain, rule, element or object noted on it, up to 256 bytes that the kernel only keeps.
/// nft reads a list of type, length, value there, whose type 0 is a comment. <c>default</c> is nothing.
/// </summary>
/// <param name="Bytes">The bytes as the kernel has them.</param>
public readonly record struct NftUserData(NftValue Bytes)
{
    /// <summary>The most bytes of a comment's UTF-8, as nft has it.</summary>
    public const int MaxCommentBytes = 127;

    private const byte CommentType = 0;
    private const byte ElementFlagsType = 1;
    private const byte OpenRangeFlag = 1;
    private const int EntryHeader = 2;

    /// <summary>Whether there is nothing.</summary>
    public bool IsEmpty => Bytes.Length == 0;

    /// <summary>The comment, which <c>nft list</c> shows; null if there is none.</summary>
    public string? Comment => FindString(Bytes.Bytes, CommentType);

    /// <summary>A comment; null is nothing.</summary>
    /// <exception cref="ArgumentException">It has more than <see cref="MaxCommentBytes"/> bytes, or a NUL.</exception>
    public static NftUserData OfComment(string? comment) =>
        comment is null ? default : new NftUserData(new NftValue(StringEntry(CommentType, comment)));

    /// <summary>nft's note on an element that begins a range without an end: NFTNL_SET_ELEM_F_INTERVAL_OPEN of libnftnl.</summary>
    internal static NftUserData OfOpenRange(string? comment)
    {
        byte[] flags = [ElementFlagsType, sizeof(uint), 0, 0, 0, 0];
        MemoryMarshal.Write(flags.AsSpan(EntryHeader), (uint)OpenRangeFlag);
        return new NftUserData(new NftValue([.. OfComment(comment).Bytes.Bytes, .. flags]));
    }

    /// <summary>A string as an entry of user data.</summary>
    internal static byte[] StringEntry(byte type, string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        if (length > MaxCommentBytes || text.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException($"a comment has at most {MaxCommentBytes} bytes and no NUL: got {length}", nameof(text));
        }
        byte[] entry = new byte[EntryHeader + length + 1];
        entry[0] = type;
        entry[1] = (byte)(length + 1);
        Encoding.UTF8.GetBytes(text, entry.AsSpan(EntryHeader));
        return entry;
    }

    /// <summary>The string of the first entry of a type; null if there is none, or the bytes are no list of entries.</summary>
    internal static string? FindString(ReadOnlySpan<byte> entries, byte type)
    {
        while (entries.Length >= EntryHeader && entries.Length >= EntryHeader + entries[1])
        {
            ReadOnlySpan<byte> value = entries.Slice(EntryHeader, entries[1]);
            if (entries[0] == type)
            {
                int end = value.IndexOf((byte)0);
                return Encoding.UTF8.GetString(end < 0 ? value : value[..end]);
            }
            entries = entries[(EntryHeader + value.Length)..];
        }
        return null;
    }
}
