using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json.Serialization;

namespace BridgeNet.Netlink;

/// <summary>A name that an interface may have: 1 to 15 bytes of UTF-8 without '/', ':', '%', white space or NUL, not "." or "..".</summary>
/// <remarks>
/// dev_valid_name and dev_alloc_name in net/core/dev.c; IFNAMSIZ is 16 with the NUL. A name with '%' is a pattern: the kernel puts a number in its
/// place, so no interface ever has it.
/// </remarks>
[JsonConverter(typeof(TextJsonConverter<InterfaceName>))]
[TypeConverter(typeof(TextTypeConverter<InterfaceName>))]
public readonly record struct InterfaceName : ISpanParsable<InterfaceName>
{
    /// <summary>The most bytes that a name has.</summary>
    public const int MaxBytes = 15;

    private readonly string? _value;

    private InterfaceName(string value) => _value = value;

    /// <summary>Whether this is no name at all, as <c>default</c> is.</summary>
    public bool IsEmpty => _value is null;

    /// <summary>A name.</summary>
    /// <exception cref="FormatException">The kernel would not take it; the message says why.</exception>
    public static InterfaceName Parse(string s) => Parse(s, null);

    /// <inheritdoc cref="Parse(string)"/>
    public static InterfaceName Parse(string s, IFormatProvider? provider) =>
        Fault(s) is { } fault ? throw new FormatException($"interface name '{s}' {fault}") : new InterfaceName(s);

    /// <inheritdoc cref="Parse(string)"/>
    public static InterfaceName Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s.ToString(), provider);

    /// <summary>A name, if the kernel would take it.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out InterfaceName result)
    {
        bool valid = s is not null && Fault(s) is null;
        result = valid ? new InterfaceName(s!) : default;
        return valid;
    }

    /// <summary>A name, if the kernel would take it.</summary>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out InterfaceName result) =>
        TryParse(s.ToString(), provider, out result);

    /// <summary>The name as it was given.</summary>
    public override string ToString() => _value ?? string.Empty;

    private static string? Fault(string name)
    {
        int bytes = Encoding.UTF8.GetByteCount(name);
        return bytes == 0 ? "is empty"
            : bytes > MaxBytes ? $"has {bytes} bytes: the kernel takes at most {MaxBytes}"
            : name is "." or ".." ? "is a directory's"
            : HasSeparator(name) ? "holds '/', ':', NUL or white space"
            : name.Contains('%', StringComparison.Ordinal) ? "holds '%', in whose place the kernel puts a number"
            : null;
    }

    private static bool HasSeparator(string name)
    {
        foreach (char c in name)
        {
            if (c is '/' or ':' or '\0' || char.IsWhiteSpace(c))
            {
                return true;
            }
        }
        return false;
    }
}
