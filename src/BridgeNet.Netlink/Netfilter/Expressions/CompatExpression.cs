using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>An iptables extension inside a rule: iptables-nft uses it where nf_tables has no expression.</summary>
public sealed record CompatExpression : NftExpression
{
    internal const string MatchKind = "match", TargetKind = "target";

    /// <summary>Whether it does something with the packet (-j); else it compares (-m).</summary>
    public required bool IsTarget { get; init; }

    /// <summary>The extension's name: <c>conntrack</c>, <c>REJECT</c>.</summary>
    public required string Extension { get; init; }

    /// <summary>The revision of the extension's struct.</summary>
    public uint Revision { get; init; }

    /// <summary>The extension's struct, filled up to a multiple of 8 bytes.</summary>
    public NftValue Information { get; init; }

    /// <inheritdoc/>
    public override string Name => IsTarget ? TargetKind : MatchKind;

    internal override void WriteData(NetlinkWriter writer)
    {
        writer.WriteString(NftaCompat.Name, Extension);
        writer.WriteUInt32BigEndian(NftaCompat.Revision, Revision);
        writer.WriteBytes(NftaCompat.Information, Information.Bytes);
    }

    /// <summary>Reads the attributes that <see cref="WriteData"/> writes; null if they have another form.</summary>
    internal static CompatExpression? Read(AttributeList attributes, bool isTarget)
    {
        string? extension = null;
        uint revision = 0;
        NftValue information = default;
        foreach (AttributeReader attribute in attributes)
        {
            switch (attribute.Type)
            {
                case NftaCompat.Name: extension = attribute.ReadString(); break;
                case NftaCompat.Revision: revision = attribute.ReadUInt32BigEndian(); break;
                case NftaCompat.Information: information = new NftValue(attribute.Value); break;
                default: break;
            }
        }
        return extension is null
            ? null
            : new CompatExpression { IsTarget = isTarget, Extension = extension, Revision = revision, Information = information };
    }
}
