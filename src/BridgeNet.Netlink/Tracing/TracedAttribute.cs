namespace BridgeNet.Netlink.Tracing;

/// <summary>The name of an attribute and how the trace shows its value.</summary>
/// <param name="Type">nla_type.</param>
/// <param name="Name">The kernel's name.</param>
/// <param name="Form">How the value is shown.</param>
internal sealed record TracedAttribute(ushort Type, string Name, AttributeForm Form)
{
    /// <summary>The attributes inside a nest; null if <see cref="OfKind"/> finds them or nobody knows them.</summary>
    public AttributeSchema? Schema { get; init; }

    /// <summary>The bytes of a fixed header before the attributes of a nest.</summary>
    public int HeaderBytes { get; init; }

    /// <summary>The type of the attribute beside this one that names the kind of the nest.</summary>
    public ushort KindAttribute { get; init; }

    /// <summary>Finds the attributes of a nest by its kind; null if they do not depend on one.</summary>
    public Func<string, AttributeSchema?>? OfKind { get; init; }

    /// <summary>A nest of always the same attributes.</summary>
    public static TracedAttribute Nest(ushort type, string name, AttributeSchema schema) => new(type, name, AttributeForm.Nest) { Schema = schema };

    /// <summary>A nest whose attributes depend on the kind that another attribute names.</summary>
    public static TracedAttribute NestOfKind(ushort type, string name, ushort kindAttribute, Func<string, AttributeSchema?> ofKind) =>
        new(type, name, AttributeForm.Nest) { KindAttribute = kindAttribute, OfKind = ofKind };
}
