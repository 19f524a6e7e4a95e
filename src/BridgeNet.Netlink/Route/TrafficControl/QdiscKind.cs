using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Route;

/// <summary>
/// The kind of a queueing discipline, and its settings: a <see cref="TokenBucketKind"/>, an <see cref="IngressKind"/>,
/// or any other as a <see cref="GenericQdiscKind"/>.
/// </summary>
public abstract record QdiscKind
{
    private protected QdiscKind(string name) => Name = name;

    /// <summary>The kernel's name of the kind, such as <c>tbf</c>.</summary>
    public string Name { get; }

    /// <summary>Reads the content of TCA_OPTIONS.</summary>
    internal static QdiscKind Read(string name, ReadOnlySpan<byte> options) => name switch
    {
        TokenBucketKind.KindName => new TokenBucketKind(new AttributeList(options)),
        IngressKind.KindName => new IngressKind(),
        _ => new GenericQdiscKind(name, options.ToArray()),
    };

    /// <summary>Writes TCA_OPTIONS, if there is anything to say in it.</summary>
    internal abstract void WriteOptions(NetlinkWriter writer);
}
