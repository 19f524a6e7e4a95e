using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Goes on only if a set has the key, or only if it has not; a map gives its data.</summary>
public sealed record LookupExpression : NftExpression
{
    internal const string Kind = "lookup";

    /// <summary>The set's name.</summary>
    public required string Set { get; init; }

    /// <summary>Where the key lies.</summary>
    public required NftRegister Source { get; init; }

    /// <summary>Where a map's data go, <see cref="NftRegister.Verdict"/> for verdicts; null for sets.</summary>
    public NftRegister? Target { get; init; }

    /// <summary>Whether the rule continues if the set does not have the key, instead of if it has it.</summary>
    public bool Invert { get; init; }

    /// <summary>The set's number, where an anonymous one is made in the same transaction. Never read back.</summary>
    public uint? SetId { get; init; }

    /// <inheritdoc/>
    public override string Name => Kind;

    internal override void WriteData(NetlinkWriter writer)
    {
        writer.WriteUInt32BigEndian(NftaLookup.Source, (uint)Source);
        if (Target is { } target)
        {
            writer.WriteUInt32BigEndian(NftaLookup.Target, (uint)target);
        }
        writer.WriteString(NftaLookup.Set, Set);
        if (SetId is { } id)
        {
            writer.WriteUInt32BigEndian(NftaLookup.SetId, id);
        }
        if (Invert)
        {
            writer.WriteUInt32BigEndian(NftaLookup.Flags, NftExpressionBits.LookupInverted);
        }
    }

    /// <summary>Reads the attributes that <see cref="WriteData"/> writes; null if they have another form.</summary>
    internal static LookupExpression? Read(AttributeList attributes)
    {
        string? set = null;
        NftRegister? source = null, target = null;
        uint? id = null;
        uint flags = 0;
        foreach (AttributeReader attribute in attributes)
        {
            switch (attribute.Type)
            {
                case NftaLookup.Set: set = attribute.ReadString(); break;
                case NftaLookup.Source: source = (NftRegister)attribute.ReadUInt32BigEndian(); break;
                case NftaLookup.Target: target = (NftRegister)attribute.ReadUInt32BigEndian(); break;
                case NftaLookup.SetId: id = attribute.ReadUInt32BigEndian(); break;
                case NftaLookup.Flags: flags = attribute.ReadUInt32BigEndian(); break;
                default: break;
            }
        }
        return set is not null && source is not null && flags <= NftExpressionBits.LookupInverted
            ? new LookupExpression
            {
                Set = set,
                Source = source.Value,
                Target = target,
                Invert = flags == NftExpressionBits.LookupInverted,
                SetId = id,
            }
            : null;
    }
}
