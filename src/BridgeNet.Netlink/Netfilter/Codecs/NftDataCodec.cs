using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>NFTA_DATA_…: a value or a verdict.</summary>
internal static class NftDataCodec
{
    /// <summary>A nest with a value.</summary>
    public static void WriteValue(NetlinkWriter writer, ushort type, NftValue value)
    {
        using (writer.Nest(type))
        {
            writer.WriteBytes(NftaData.Value, value.Bytes);
        }
    }

    /// <summary>A nest with a verdict.</summary>
    public static void WriteVerdict(NetlinkWriter writer, ushort type, NftVerdict verdict)
    {
        using (writer.Nest(type))
        using (writer.Nest(NftaData.Verdict))
        {
            writer.WriteUInt32BigEndian(NftaVerdict.Code, (uint)verdict.Code);
            if (verdict.Chain is { } chain)
            {
                writer.WriteString(NftaVerdict.Chain, chain);
            }
        }
    }

    /// <summary>The value in a nest; null if there is none.</summary>
    public static NftValue? ReadValue(AttributeReader nest) =>
        nest.Attributes.TryFind(NftaData.Value, out AttributeReader value) ? new NftValue(value.Value) : null;

    /// <summary>The verdict in a nest; null if there is none.</summary>
    public static NftVerdict? ReadVerdict(AttributeReader nest)
    {
        if (!nest.Attributes.TryFind(NftaData.Verdict, out AttributeReader verdict))
        {
            return null;
        }
        NftVerdictCode? code = null;
        string? chain = null;
        foreach (AttributeReader attribute in verdict.Attributes)
        {
            switch (attribute.Type)
            {
                case NftaVerdict.Code: code = (NftVerdictCode)attribute.ReadUInt32BigEndian(); break;
                case NftaVerdict.Chain: chain = attribute.ReadString(); break;
                default: break;
            }
        }
        return code is { } found ? new NftVerdict(found, chain) : null;
    }
}
