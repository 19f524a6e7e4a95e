using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Tracing;

/// <summary>Attributes as indented lines. Bytes that are no attributes are shown as bytes.</summary>
internal static class AttributeText
{
    /// <summary>The most nests inside each other; what is deeper is shown as bytes.</summary>
    private const int MostNests = 16;

    private const int Indentation = 4;

    /// <summary>Appends a line for each attribute, and more for a nest.</summary>
    public static void Append(StringBuilder text, AttributeSchema schema, ReadOnlySpan<byte> bytes) => Append(text, schema, bytes, new Place(1, 1));

    private static void Append(StringBuilder text, AttributeSchema schema, ReadOnlySpan<byte> bytes, Place place)
    {
        if (!IsList(bytes))
        {
            BeginLine(text, place).Append("malformed ");
            ValueText.AppendBytes(text, bytes);
            return;
        }
        foreach (AttributeReader attribute in new AttributeList(bytes))
        {
            BeginLine(text, place);
            AppendOne(text, schema, attribute, bytes, place);
        }
    }

    /// <summary>Whether attributes fill the bytes, each with a length that can be.</summary>
    private static bool IsList(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= NetlinkAlignment.AttributeHeader)
        {
            int length = MemoryMarshal.Read<ushort>(bytes);
            if (length < NetlinkAlignment.AttributeHeader || length > bytes.Length)
            {
                return false;
            }
            bytes = bytes[Math.Min(NetlinkAlignment.Align(length), bytes.Length)..];
        }
        return bytes.IsEmpty;
    }

    /// <summary>Appends an attribute behind what is on the line already; the only attribute of a nest stays on the nest's line.</summary>
    private static void AppendOne(StringBuilder text, AttributeSchema schema, AttributeReader attribute, ReadOnlySpan<byte> siblings, Place place)
    {
        TracedAttribute? known = schema.Find(attribute.Type);
        text.Append(known?.Name ?? attribute.Type.ToString(CultureInfo.InvariantCulture));
        if (NestOf(schema, known, attribute, siblings) is not { } nest || place.Depth >= MostNests)
        {
            ValueText.Append(text, known?.Form ?? AttributeForm.Bytes, attribute.Value);
            return;
        }
        int header = Math.Min(known?.HeaderBytes ?? 0, attribute.Value.Length);
        if (header > 0)
        {
            text.Append(' ');
            ValueText.AppendBytes(text, attribute.Value[..header]);
        }
        ReadOnlySpan<byte> inner = attribute.Value[header..];
        if (header == 0 && IsList(inner) && TryGetOnly(inner, out AttributeReader only))
        {
            text.Append(" / ");
            AppendOne(text, nest, only, inner, place with { Depth = place.Depth + 1 });
        }
        else
        {
            Append(text, nest, inner, new Place(place.Depth + 1, place.Indent + 1));
        }
    }

    /// <summary>The attributes inside one; null if it holds a value.</summary>
    private static AttributeSchema? NestOf(AttributeSchema schema, TracedAttribute? known, AttributeReader attribute, ReadOnlySpan<byte> siblings)
    {
        AttributeSchema? unknown = attribute.IsMarkedNest ? AttributeSchema.Unknown : null;
        if (known?.OfKind is not { } ofKind)
        {
            return known is { Form: AttributeForm.Nest } ? known.Schema : attribute.IsMarkedNest ? known?.Schema ?? unknown : null;
        }
        return new AttributeList(siblings).TryFind(known.KindAttribute, out AttributeReader kind)
            ? ofKind(NameOf(kind, schema.Find(known.KindAttribute)?.Form)) ?? unknown
            : unknown;
    }

    /// <summary>The name of a kind; where the kernel numbers the kinds, the number.</summary>
    private static string NameOf(AttributeReader kind, AttributeForm? form)
    {
        if (form is AttributeForm.Text)
        {
            return kind.ReadString();
        }
        StringBuilder number = new();
        ValueText.Append(number, form ?? AttributeForm.Bytes, kind.Value);
        return number.ToString().TrimStart();
    }

    private static bool TryGetOnly(ReadOnlySpan<byte> bytes, out AttributeReader only)
    {
        AttributeList list = new(bytes);
        only = list.MoveNext() ? list.Current : default;
        return !bytes.IsEmpty && !list.MoveNext();
    }

    private static StringBuilder BeginLine(StringBuilder text, Place place) => text.Append('\n').Append(' ', place.Indent * Indentation);

    /// <summary>Where an attribute is.</summary>
    /// <param name="Depth">In how many nests.</param>
    /// <param name="Indent">How far its line is indented: fewer steps than nests, where a nest shares the line of its only attribute.</param>
    private readonly record struct Place(int Depth, int Indent);
}
