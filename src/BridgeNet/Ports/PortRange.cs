using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

using BridgeNet.Netlink;

namespace BridgeNet;

/// <summary>The ports from a first to a last, both included.</summary>
[JsonConverter(typeof(TextJsonConverter<PortRange>))]
[TypeConverter(typeof(TextTypeConverter<PortRange>))]
[StructLayout(LayoutKind.Auto)]
public readonly record struct PortRange : ISpanParsable<PortRange>
{
    private PortRange(int first, int last)
    {
        First = first;
        Last = last;
    }

    /// <summary>The lowest port, 1 to 65535.</summary>
    public int First { get; }

    /// <summary>The highest port, 1 to 65535.</summary>
    public int Last { get; }

    /// <summary>The number of ports.</summary>
    public int Count => Last - First + 1;

    /// <summary>A range.</summary>
    /// <exception cref="FormatException">A port is not in 1 to 65535, or the last is before the first.</exception>
    public static PortRange From(int first, int last)
    {
        Check(first);
        Check(last);
        return first <= last ? new PortRange(first, last) : throw new FormatException($"port range {first}-{last} is reversed");
    }

    /// <inheritdoc cref="Parse(string)"/>
    public static PortRange Parse(ReadOnlySpan<char> s, IFormatProvider? provider)
    {
        int dash = s.IndexOf('-');
        return dash < 0
            ? From(Number(s, s), Number(s, s))
            : From(Number(s[..dash], s), Number(s[(dash + 1)..], s));
    }

    /// <summary>Reads <c>PORT</c> or <c>FIRST-LAST</c>.</summary>
    /// <exception cref="FormatException">The text is no port range.</exception>
    public static PortRange Parse(string s) => Parse(s, null);

    /// <inheritdoc cref="Parse(string)"/>
    public static PortRange Parse(string s, IFormatProvider? provider)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan(), provider);
    }

    /// <summary>Reads <c>PORT</c> or <c>FIRST-LAST</c>, if it is one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out PortRange result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <summary>Reads <c>PORT</c> or <c>FIRST-LAST</c>, if it is one.</summary>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out PortRange result)
    {
        int dash = s.IndexOf('-');
        bool isRange = TryNumber(dash < 0 ? s : s[..dash], out int first) & TryNumber(dash < 0 ? s : s[(dash + 1)..], out int last)
            && first > 0 && first <= last && last <= ushort.MaxValue;
        result = isRange ? new PortRange(first, last) : default;
        return isRange;
    }

    /// <summary><c>PORT</c> or <c>FIRST-LAST</c>.</summary>
    public override string ToString() => First == Last ? $"{First}" : $"{First}-{Last}";

    private static void Check(int port)
    {
        if (port is < 1 or > ushort.MaxValue)
        {
            throw new FormatException($"port {port} is not in 1 to {ushort.MaxValue}");
        }
    }

    private static int Number(ReadOnlySpan<char> digits, ReadOnlySpan<char> whole) =>
        TryNumber(digits, out int number)
            ? number
            : throw new FormatException($"'{whole}' is not a port or a range of ports");

    private static bool TryNumber(ReadOnlySpan<char> digits, out int number) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
