using System.Buffers.Binary;
using System.Text;

namespace BridgeNet.Dns.Wire;

/// <summary>Names as the wire has them (RFC 1035, 3.1): labels behind their lengths, and a zero at the end.</summary>
internal static class DomainName
{
    /// <summary>The longest name, with all lengths and the zero at the end.</summary>
    public const int MostBytes = 255;

    /// <summary>The longest label.</summary>
    public const int MostLabelBytes = 63;

    private const byte PointerBits = 0xc0;

    /// <summary>Reads a name, compressed or not (RFC 1035, 4.1.4).</summary>
    /// <remarks>
    /// A pointer must lead to a place before the name, and each further one to a place before that. So a reader never goes round in circles.
    /// </remarks>
    /// <param name="message">The whole message.</param>
    /// <param name="position">Where the name begins, and afterwards, where it ends.</param>
    /// <param name="destination">Room for <see cref="MostBytes"/>.</param>
    /// <param name="length">How many bytes the name has without compression.</param>
    /// <returns>False if it is no name.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, ref int position, Span<byte> destination, out int length)
    {
        int at = position, lowest = position;
        bool hasJumped = false;
        length = 0;
        while (at < message.Length)
        {
            byte head = message[at];
            if ((head & PointerBits) == PointerBits)
            {
                if (at + 1 >= message.Length || (BinaryPrimitives.ReadUInt16BigEndian(message[at..]) & 0x3fff) is var target && target >= lowest)
                {
                    return false;
                }
                position = hasJumped ? position : at + 2;
                hasJumped = true;
                lowest = at = target;
                continue;
            }
            int label = head + 1;
            if (head > MostLabelBytes || at + label > message.Length || length + label > Math.Min(MostBytes, destination.Length))
            {
                return false;
            }
            message.Slice(at, label).CopyTo(destination[length..]);
            length += label;
            at += label;
            if (head == 0)
            {
                position = hasJumped ? position : at;
                return true;
            }
        }
        return false;
    }

    /// <summary>The wire's form of <c>web.dns.podman</c>, in lower case; a dot at the end is allowed.</summary>
    /// <returns>Null if it is no name: an empty label, or too long.</returns>
    public static byte[]? Parse(string text)
    {
        string[] labels = text.TrimEnd('.').Split('.');
        byte[] name = new byte[MostBytes];
        int length = 0;
        foreach (string label in labels)
        {
            int bytes = Encoding.UTF8.GetByteCount(label);
            if (bytes is 0 or > MostLabelBytes || length + 1 + bytes + 1 > MostBytes)
            {
                return null;
            }
            name[length++] = (byte)bytes;
            length += Encoding.UTF8.GetBytes(label, name.AsSpan(length));
        }
        ToLower(name.AsSpan(0, length));
        return name[..(length + 1)];
    }

    /// <summary>As people write it: <c>web.dns.podman.</c>; a byte that is no letter, digit, hyphen or underscore as \DDD (RFC 1035, 5.1).</summary>
    public static string ToText(ReadOnlySpan<byte> name)
    {
        if (name is [0])
        {
            return ".";
        }
        StringBuilder text = new();
        for (int at = 0; at < name.Length && name[at] != 0; at += name[at] + 1)
        {
            foreach (byte character in name.Slice(at + 1, name[at]))
            {
                _ = char.IsAsciiLetterOrDigit((char)character) || character is (byte)'-' or (byte)'_'
                    ? text.Append((char)character)
                    : text.Append('\\').Append($"{character:D3}");
            }
            _ = text.Append('.');
        }
        return text.ToString();
    }

    /// <summary>Makes A to Z small. The lengths of labels, 0 to 63, are below A and stay.</summary>
    public static void ToLower(Span<byte> name)
    {
        foreach (ref byte character in name)
        {
            if (character is >= (byte)'A' and <= (byte)'Z')
            {
                character |= 0x20;
            }
        }
    }

    /// <summary>Whether a name is another or below it; both in lower case.</summary>
    public static bool IsWithin(ReadOnlySpan<byte> name, ReadOnlySpan<byte> ancestor)
    {
        int at = 0;
        while (name.Length - at > ancestor.Length)
        {
            at += name[at] + 1;
        }
        return name[at..].SequenceEqual(ancestor);
    }
}
