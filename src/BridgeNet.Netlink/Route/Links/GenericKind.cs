using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Route;

/// <summary>A link of a kind that has no record of its own here: its data are kept as the kernel gave them.</summary>
public sealed record GenericKind : LinkKind
{
    /// <summary>A kind and its data.</summary>
    /// <param name="name">The kernel's name, such as <c>vxlan</c>.</param>
    /// <param name="data">The content of IFLA_INFO_DATA: whole attributes.</param>
    public GenericKind(string name, ReadOnlyMemory<byte> data = default)
        : base(name) => Data = data;

    /// <summary>The content of IFLA_INFO_DATA.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    private protected override bool HasData => !Data.IsEmpty;

    /// <summary>Whether name and data are the same.</summary>
    public bool Equals(GenericKind? other) =>
        other is not null && string.Equals(Name, other.Name, StringComparison.Ordinal) && Data.Span.SequenceEqual(other.Data.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Data.Length);

    private protected override void WriteData(NetlinkWriter writer) => writer.WriteRaw(Data.Span);
}
