using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Decides what becomes of the packet.</summary>
public sealed record VerdictExpression : NftExpression
{
    /// <summary>What.</summary>
    public required NftVerdict Verdict { get; init; }

    /// <inheritdoc/>
    public override string Name => ImmediateExpression.Kind;

    internal override void WriteData(NetlinkWriter writer)
    {
        writer.WriteUInt32BigEndian(NftaImmediate.Register, (uint)NftRegister.Verdict);
        NftDataCodec.WriteVerdict(writer, NftaImmediate.Data, Verdict);
    }

    /// <summary>Reads the attributes that <see cref="WriteData"/> writes; null if they have another form.</summary>
    internal static VerdictExpression? Read(AttributeList attributes)
    {
        NftRegister? register = null;
        NftVerdict? verdict = null;
        foreach (AttributeReader attribute in attributes)
        {
            switch (attribute.Type)
            {
                case NftaImmediate.Register: register = (NftRegister)attribute.ReadUInt32BigEndian(); break;
                case NftaImmediate.Data: verdict = NftDataCodec.ReadVerdict(attribute); break;
                default: break;
            }
        }
        return register is NftRegister.Verdict && verdict is not null ? new VerdictExpression { Verdict = verdict.Value } : null;
    }
}
