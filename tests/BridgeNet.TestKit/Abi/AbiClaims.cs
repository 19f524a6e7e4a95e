using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace BridgeNet.TestKit.Abi;

/// <summary>What the types of an assembly say about the kernel's interface.</summary>
internal sealed partial class AbiClaims
{
    private const string Name = @"[A-Z][A-Z0-9]*(_[A-Z0-9]+)+(\([A-Z0-9_]+\))?";

    private readonly List<AbiClaim> _stated = [];
    private readonly List<string> _unnamed = [];

    public IReadOnlyList<AbiClaim> Stated => _stated;

    public IReadOnlyList<string> Unnamed => _unnamed;

    public static AbiClaims Read(IEnumerable<Type> types)
    {
        AbiClaims claims = new();
        foreach (IGrouping<Assembly, Type> group in types.GroupBy(type => type.Assembly))
        {
            XmlDocumentation documentation = XmlDocumentation.Of(group.Key);
            foreach (Type type in group.OrderBy(type => type.FullName, StringComparer.Ordinal))
            {
                claims.Read(type, documentation);
            }
        }
        return claims;
    }

    private void Read(Type type, XmlDocumentation documentation)
    {
        if (type.IsEnum || (type.IsAbstract && type.IsSealed))
        {
            ReadConstants(type, documentation);
        }
        else if (type is { IsValueType: true, ContainsGenericParameters: false }
            && StructName().Match(documentation.Summary(type)) is { Success: true } name)
        {
            ReadStruct(type, name.Value, documentation);
        }
    }

    private void ReadConstants(Type type, XmlDocumentation documentation)
    {
        List<string> unnamed = [];
        int before = _stated.Count;
        foreach (FieldInfo field in Fields(type, BindingFlags.Static).Where(field => field.IsLiteral))
        {
            string member = $"{type.Name}.{field.Name}";
            if (CLiteral(field.GetRawConstantValue()) is not { } value)
            {
                continue; // a string is nothing that the wire numbers
            }
            if (KernelName(documentation.Summary(field), field.Name) is { } name)
            {
                _stated.Add(new AbiClaim(member, name, value) { NarrowType = NarrowType(field.GetRawConstantValue()) });
            }
            else if (!(type.IsEnum && Convert.ToInt64(field.GetRawConstantValue(), provider: null) == 0))
            {
                unnamed.Add(member);
            }
        }
        if (_stated.Count > before)
        {
            _unnamed.AddRange(unnamed);
        }
    }

    private void ReadStruct(Type type, string name, XmlDocumentation documentation)
    {
        _stated.Add(new AbiClaim(type.Name, $"sizeof({name})", $"{Marshal.SizeOf(type)}u"));
        foreach (FieldInfo field in Fields(type, BindingFlags.Instance))
        {
            string member = $"{type.Name}.{field.Name}";
            if (FieldName().Match(documentation.Summary(field)) is not { Success: true } match)
            {
                _unnamed.Add(member);
                continue;
            }
            string cField = match.Groups["name"].Value;
            _stated.Add(new AbiClaim($"offset of {member}", $"offsetof({name}, {cField})", $"{Marshal.OffsetOf(type, field.Name)}u"));
            _stated.Add(new AbiClaim($"size of {member}", $"sizeof((({name} *)0)->{cField})", $"{SizeOf(field.FieldType)}u"));
        }
    }

    private static int SizeOf(Type type) => Marshal.SizeOf(type.IsEnum ? Enum.GetUnderlyingType(type) : type);

    private static FieldInfo[] Fields(Type type, BindingFlags kind) =>
        type.GetFields(kind | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly);

    private static string? KernelName(string summary, string ownName) =>
        LeadingKernelName().Match(summary) is { Success: true } match ? match.Groups["name"].Value
        : KernelNamed().IsMatch(ownName) ? ownName
        : null;

    private static string? CLiteral(object? value) => value switch
    {
        int.MinValue => "-2147483647 - 1",
        sbyte or short or int => $"{value}",
        byte or ushort or uint => $"{value}u",
        long.MinValue => "-9223372036854775807ll - 1",
        long => $"{value}ll",
        ulong => $"{value}ull",
        _ => null,
    };

    private static string? NarrowType(object? value) => value switch
    {
        byte => "unsigned char",
        ushort => "unsigned short",
        _ => null,
    };

    /// <summary>
    /// Names with an underscore, which may be macros with an argument, joined by |; or one name of three letters and more that a comma or colon ends
    /// (“TCP.” is none); or a size or offset.
    /// </summary>
    [GeneratedRegex(
        "^(?<name>" + Name + @"( \| " + Name + @")*(?![A-Za-z0-9_])|[A-Z][A-Z0-9]{2,}(?=[,:])|(sizeof|offsetof)\(struct [^)]*\))",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LeadingKernelName();

    [GeneratedRegex("^[A-Z][A-Z0-9_]{2,}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex KernelNamed();

    [GeneratedRegex(@"^struct \w+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex StructName();

    [GeneratedRegex(@"^(?<name>[a-z_][a-z0-9_]*(\.[a-z0-9_]+)*)(?=[,.:]|$)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FieldName();
}
