using System.Globalization;
using System.Runtime.InteropServices;

namespace BridgeNet;

/// <summary>The ports from a first to a last, both included.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PortRange
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

    /// <summary>Reads <c>PORT</c> or <c>FIRST-LAST</c>.</summary>
    /// <exception cref="FormatException">The text is no port range.</exception>
    public static PortRange Parse(ReadOnlySpan<char> text)
    {
        int dash = text.IndexOf('-');
        return dash < 0
            ? From(Number(text, text), Number(text, text))
            : From(Number(text[..dash], text), Number(text[(dash + 1)..], text));
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
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new FormatException($"'{whole}' is not a port or a range of ports");
}
