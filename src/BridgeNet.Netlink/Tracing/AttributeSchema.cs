namespace BridgeNet.Netlink.Tracing;

/// <summary>The attributes that the trace knows by name in one place, such as a message of a link or the nest of a rule's expression.</summary>
internal sealed class AttributeSchema(params TracedAttribute[] attributes)
{
    /// <summary>For a place of which nothing is known: every attribute is shown by its number.</summary>
    public static readonly AttributeSchema Unknown = new();

    /// <summary>The known attributes.</summary>
    public IReadOnlyList<TracedAttribute> Attributes => attributes;

    /// <summary>An attribute by its type; null if it is unknown here.</summary>
    public TracedAttribute? Find(ushort type) => Array.Find(attributes, attribute => attribute.Type == type);
}
