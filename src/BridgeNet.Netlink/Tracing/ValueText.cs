using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;

namespace BridgeNet.Netlink.Tracing;

/// <summary>The value of an attribute as the trace shows it. A value that does not fit its form is shown as bytes.</summary>
internal static class ValueText
{
    /// <summary>The most bytes that are shown of one value.</summary>
    private const int MostBytes = 64;

    private const int MacBytes = 6;

    /// <summary>Appends a space and a value; nothing for a flag, which has no bytes.</summary>
    public static void Append(StringBuilder text, AttributeForm form, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            return;
        }
        text.Append(' ');
        switch (form)
        {
            case AttributeForm.Number or AttributeForm.NetworkNumber when value.Length is 1 or 2 or 4 or 8:
                text.Append(CultureInfo.InvariantCulture, $"{Unsigned(value, form is AttributeForm.NetworkNumber)}");
                break;
            case AttributeForm.Signed or AttributeForm.NetworkSigned when value.Length is sizeof(int):
                text.Append(CultureInfo.InvariantCulture, $"{(int)Unsigned(value, form is AttributeForm.NetworkSigned)}");
                break;
            case AttributeForm.Address when value.Length is 4 or 16:
                text.Append(new IPAddress(value));
                break;
            case AttributeForm.Address when value.Length is MacBytes:
                AppendMac(text, value);
                break;
            case AttributeForm.Text:
                AppendQuoted(text, value);
                break;
            default:
                AppendBytes(text, value);
                break;
        }
    }

    /// <summary>Appends hexadecimal digits; of a long value only the first.</summary>
    public static void AppendBytes(StringBuilder text, ReadOnlySpan<byte> value)
    {
        text.Append("0x").Append(Convert.ToHexStringLower(value[..Math.Min(value.Length, MostBytes)]));
        if (value.Length > MostBytes)
        {
            text.Append(CultureInfo.InvariantCulture, $"... ({value.Length} bytes)");
        }
    }

    /// <summary>Appends a string without the NUL at its end; control characters are escaped, so that a line stays one.</summary>
    public static void AppendQuoted(StringBuilder text, ReadOnlySpan<byte> value)
    {
        text.Append('"');
        foreach (char character in Encoding.UTF8.GetString(value.TrimEnd((byte)0)))
        {
            if (char.IsControl(character) || character is '"' or '\\')
            {
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
            else
            {
                text.Append(character);
            }
        }
        text.Append('"');
    }

    private static ulong Unsigned(ReadOnlySpan<byte> value, bool isNetworkOrder)
    {
        bool isBigEndian = isNetworkOrder || !BitConverter.IsLittleEndian;
        return value.Length switch
        {
            1 => value[0],
            2 => isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(value) : BinaryPrimitives.ReadUInt16LittleEndian(value),
            4 => isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(value) : BinaryPrimitives.ReadUInt32LittleEndian(value),
            _ => isBigEndian ? BinaryPrimitives.ReadUInt64BigEndian(value) : BinaryPrimitives.ReadUInt64LittleEndian(value),
        };
    }

    private static void AppendMac(StringBuilder text, ReadOnlySpan<byte> value)
    {
        for (int i = 0; i < value.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? string.Empty : ":")}{value[i]:x2}");
        }
    }
}
