using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace BridgeNet.Integration.Tests.Dns.Conformance;

/// <summary>Messages, laid out here once more: a witness does not use the code that it watches.</summary>
internal static class MessageBytes
{
    public const ushort A = 1, NS = 2, SOA = 6, Ptr = 12, MX = 15, Txt = 16, Aaaa = 28, Opt = 41, Https = 65, Axfr = 252, Any = 255;

    public const ushort RecursionDesired = 0x0100;

    private const ushort Internet = 1;

    /// <summary>The id of every question.</summary>
    public const ushort Id = 0x4d2;

    /// <summary>A question, and whatever is to stand behind it.</summary>
    public static byte[] Ask(
        string name,
        ushort type = A,
        ushort flags = RecursionDesired,
        ushort @class = Internet,
        byte[]? behind = null,
        int records = 0,
        ushort id = Id) =>
        [.. Header(flags, questions: 1, additionals: records, id), .. Question(name, type, @class), .. behind ?? []];

    /// <summary>A question with one OPT record.</summary>
    public static byte[] AskWithEdns(
        string name,
        ushort type = A,
        ushort size = 1232,
        byte version = 0,
        bool isDnssecWanted = false,
        byte[]? options = null,
        ushort flags = RecursionDesired) =>
        Ask(name, type, flags, behind: Edns(size, version, isDnssecWanted, options), records: 1);

    /// <summary>An OPT record (RFC 6891, 6.1.2).</summary>
    public static byte[] Edns(ushort size, byte version = 0, bool isDnssecWanted = false, byte[]? options = null, string owner = "") =>
        [
            .. Name(owner), .. Word(Opt), .. Word(size), 0, version, (byte)(isDnssecWanted ? 0x80 : 0), 0,
            .. Word((options ?? []).Length), .. options ?? [],
        ];

    /// <summary>A header (RFC 1035, 4.1.1).</summary>
    public static byte[] Header(ushort flags, int questions, int additionals = 0, ushort id = Id) =>
        [.. Word(id), .. Word(flags), .. Word(questions), 0, 0, 0, 0, .. Word(additionals)];

    /// <summary>A question of the question section.</summary>
    public static byte[] Question(string name, ushort type = A, ushort @class = Internet) => [.. Name(name), .. Word(type), .. Word(@class)];

    /// <summary>A name without compression; the root's is empty.</summary>
    public static byte[] Name(string text)
    {
        string[] labels = text.Split('.', StringSplitOptions.RemoveEmptyEntries);
        return [.. labels.SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]), 0];
    }

    /// <summary>The name of an address: 2.1.89.10.in-addr.arpa.</summary>
    public static string Reverse(string address)
    {
        byte[] bytes = IPAddress.Parse(address).GetAddressBytes();
        return bytes.Length == 4
            ? $"{string.Join('.', bytes.Reverse())}.in-addr.arpa"
            : $"{string.Join('.', Convert.ToHexStringLower(bytes).Reverse())}.ip6.arpa";
    }

    /// <summary>Sixteen bits in network order.</summary>
    public static byte[] Word(int value)
    {
        byte[] bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        return bytes;
    }
}
