using System.Diagnostics.CodeAnalysis;

namespace BridgeNet.Runtimes.Cni;

/// <summary>A version of the CNI protocol that was published, by its place among all of them.</summary>
internal readonly record struct CniVersion : IComparable<CniVersion>
{
    private static readonly string[] s_texts = ["0.1.0", "0.2.0", "0.3.0", "0.3.1", "0.4.0", "1.0.0", "1.1.0"];

    private readonly int _place;

    private CniVersion(int place) => _place = place;

    /// <summary>The first one, the default of configurations that name none.</summary>
    public static CniVersion V0_1_0 => default;

    /// <summary>The first whose results list interfaces.</summary>
    public static CniVersion V0_3_0 => Parse("0.3.0");

    /// <summary>The first with CHECK, and with the former result in a DEL.</summary>
    public static CniVersion V0_4_0 => Parse("0.4.0");

    /// <summary>The first whose addresses do not say their family.</summary>
    public static CniVersion V1_0_0 => Parse("1.0.0");

    /// <summary>The newest, and the first with STATUS and GC.</summary>
    public static CniVersion V1_1_0 => Parse("1.1.0");

    /// <summary>All from one on, oldest first.</summary>
    public static IEnumerable<CniVersion> From(CniVersion oldest) =>
        Enumerable.Range(oldest._place, s_texts.Length - oldest._place).Select(place => new CniVersion(place));

    /// <summary>The version of a text; an empty one means the first.</summary>
    /// <returns>False if no such version was published.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out CniVersion version)
    {
        int place = string.IsNullOrEmpty(text) ? 0 : Array.IndexOf(s_texts, text);
        version = new CniVersion(Math.Max(place, 0));
        return place >= 0;
    }

    /// <inheritdoc/>
    public int CompareTo(CniVersion other) => _place.CompareTo(other._place);

    /// <summary>As in <c>cniVersion</c>.</summary>
    public override string ToString() => s_texts[_place];

    /// <summary>Whether one is older than another.</summary>
    public static bool operator <(CniVersion left, CniVersion right) => left._place < right._place;

    /// <summary>Whether one is newer than another.</summary>
    public static bool operator >(CniVersion left, CniVersion right) => left._place > right._place;

    /// <summary>Whether one is not newer than another.</summary>
    public static bool operator <=(CniVersion left, CniVersion right) => left._place <= right._place;

    /// <summary>Whether one is not older than another.</summary>
    public static bool operator >=(CniVersion left, CniVersion right) => left._place >= right._place;

    private static CniVersion Parse(string text) => TryParse(text, out CniVersion version) ? version : throw new FormatException(text);
}
