using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Loads a property of the packet other than its bytes.</summary>
public sealed record MetaExpression : NftExpression
{
    internal const string Kind = "meta";

    /// <summary>What.</summary>
    public required MetaKey Key { get; init; }

    /// <summary>Where it goes.</summary>
    public required NftRegister Register { get; init; }

    /// <inheritdoc/>
    public override string Name => Kind;

    internal override void WriteData(NetlinkWriter writer)
    {
        writer.WriteUInt32BigEndian(NftaMeta.Key, (uint)Key);
        writer.WriteUInt32BigEndian(NftaMeta.Target, (uint)Register);
    }

    /// <summary>Reads the attributes that <see cref="WriteData"/> writes; null if they have another form.</summary>
    internal static MetaExpression? Read(AttributeList attributes)
    {
        MetaKey? key = null;
        NftRegister? register = null;
        foreach (AttributeReader attribute in attributes)
        {
            switch (attribute.Type)
            {
                case NftaMeta.Key: key = (MetaKey)attribute.ReadUInt32BigEndian(); break;
                case NftaMeta.Target: register = (NftRegister)attribute.ReadUInt32BigEndian(); break;
                default: break;
            }
        }
        return key is not null && register is not null
            ? new MetaExpression { Key = key.Value, Register = register.Value }
            : null;
    }
}
