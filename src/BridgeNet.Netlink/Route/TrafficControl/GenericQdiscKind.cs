using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Route;

/// <summary>A queueing discipline of a kind that has no record of its own here: its options are kept as the kernel gave them.</summary>
public sealed record GenericQdiscKind : QdiscKind
{
    /// <summary>A kind and its options.</summary>
    /// <param name="name">The kernel's name, such as <c>fq_codel</c>.</param>
    /// <param name="options">The content of TCA_OPTIONS: attributes, or a struct of the kind's own.</param>
    public GenericQdiscKind(string name, ReadOnlyMemory<byte> options = default)
        : base(name) => Options = options;

    /// <summary>The content of TCA_OPTIONS.</summary>
    public ReadOnlyMemory<byte> Options { get; }

    /// <summary>Whether name and options are the same.</summary>
    public bool Equals(GenericQdiscKind? other) =>
        other is not null && string.Equals(Name, other.Name, StringComparison.Ordinal) && Options.Span.SequenceEqual(other.Options.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Options.Length);

    internal override void WriteOptions(NetlinkWriter writer)
    {
        if (!Options.IsEmpty)
        {
            writer.WriteBytes(Tca.Options, Options.Span);
        }
    }
}
