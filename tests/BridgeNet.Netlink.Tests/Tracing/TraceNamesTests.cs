using System.Reflection;

using BridgeNet.Netlink.Tracing;
using BridgeNet.TestKit.Abi;

namespace BridgeNet.Netlink.Tests.Tracing;

/// <summary>The names in the trace are those of the vocabulary, which gcc proves against the kernel's headers.</summary>
public sealed class TraceNamesTests
{
    private static readonly string[] s_kinds =
    [
        "bridge", "veth", "macvlan", "ipvlan", "vrf", "tbf", "u32", "mirred", "immediate", "meta", "ct", "payload", "cmp", "range", "bitwise",
        "byteorder", "lookup", "nat", "masq", "redir", "fib", "counter", "limit", "log", "reject", "objref", "match", "target", "1", "2",
    ];

    /// <summary>Names that are the trace's own, or an address family.</summary>
    private static readonly string[] s_others = ["action 1", "AF_INET", "AF_INET6", "IFLA_MACVLAN_BC_CUTOFF"];

    private static readonly HashSet<(string Name, string Value)> s_vocabulary = [.. AbiProof.Constants(typeof(NetlinkSocket).Assembly)];

    [Fact]
    public void Each_attribute_that_the_trace_names_is_in_the_vocabulary() =>
        Traced().Where(attribute => !s_others.Contains(attribute.Name) && !s_vocabulary.Contains((attribute.Name, $"{attribute.Type}u")))
            .Should().BeEmpty();

    [Theory]
    [InlineData("IFLA_")]
    [InlineData("IFA_")]
    [InlineData("RTA_")]
    [InlineData("NDA_")]
    [InlineData("NFTA_")]
    [InlineData("CTA_")]
    public void Each_attribute_of_the_vocabulary_has_its_name_in_the_trace(string prefix)
    {
        IEnumerable<string> traced = Traced().Select(attribute => attribute.Name);

        s_vocabulary.Select(constant => constant.Name)
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && !name.Contains("_F_", StringComparison.Ordinal))
            .Except(traced, StringComparer.Ordinal).Should().BeEmpty();
    }

    [Fact]
    public void Each_message_type_that_the_trace_names_is_in_the_vocabulary()
    {
        IEnumerable<(string?, string)> named =
        [
            .. Enumerable.Range(0, 200).Select(type => (MessageNames.OfRoute((ushort)type), $"{type}u")),
            .. Enumerable.Range(0, 256).Select(type => (MessageNames.OfTables((byte)type), $"{type}u")),
            .. Enumerable.Range(0, 256).Select(type => (MessageNames.OfConntrack((byte)type), $"{type}u")),
        ];

        (string, string)[] known = [.. named.Where(pair => pair.Item1 is not null).Select(pair => (pair.Item1!, pair.Item2))];
        known.Should().HaveCountGreaterThan(40);
        known.Except(s_vocabulary).Should().BeEmpty();
    }

    private static List<TracedAttribute> Traced()
    {
        List<TracedAttribute> found = [];
        IEnumerable<AttributeSchema> roots = typeof(AttributeSchema).Assembly.GetTypes()
            .Where(type => string.Equals(type.Namespace, typeof(AttributeSchema).Namespace, StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.FieldType == typeof(AttributeSchema))
            .Select(field => (AttributeSchema)field.GetValue(null)!);
        Collect(roots, found, []);
        return found;
    }

    private static void Collect(IEnumerable<AttributeSchema> schemas, List<TracedAttribute> found, HashSet<AttributeSchema> seen)
    {
        foreach (TracedAttribute attribute in schemas.Where(seen.Add).SelectMany(schema => schema.Attributes).ToList())
        {
            found.Add(attribute);
            IEnumerable<AttributeSchema?> nests = attribute.OfKind is { } ofKind ? s_kinds.Select(ofKind) : [attribute.Schema];
            Collect(nests.OfType<AttributeSchema>(), found, seen);
        }
    }
}
