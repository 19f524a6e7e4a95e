using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Sets something about the packet, such as its mark.</summary>
public sealed record MetaSetExpression : NftExpression
{
    /// <summary>What.</summary>
    public required MetaKey Key { get; init; }

    /// <summary>Where the value lies.</summary>
    public required NftRegister Register { get; init; }

    /// <inheritdoc/>
    public override string Name => MetaExpression.Kind;

    internal override void WriteData(NetlinkWriter writer)
    {
        writer.WriteUInt32BigEndian(NftaMeta.Key, (uint)Key);
        writer.WriteUInt32BigEndian(NftaMeta.Source, (uint)Register);
    }

    /// <summary>Reads the attributes that <see cref="WriteData"/> writes; null if they have another form.</summary>
    internal static MetaSetExpression? Read(AttributeList attributes)
    {
        MetaKey? key = null;
        NftRegister? register = null;
        foreach (AttributeReader attribute in attributes)
        {
            switch (attribute.Type)
            {
                case NftaMeta.Key: key = (MetaKey)attribute.ReadUInt32BigEndian(); break;
                case NftaMeta.Source: register = (NftRegister)attribute.ReadUInt32BigEndian(); break;
                default: break;
            }
        }
        return key is not null && register is not null
            ? new MetaSetExpression { Key = key.Value, Register = register.Value }
            : null;
    }
}
