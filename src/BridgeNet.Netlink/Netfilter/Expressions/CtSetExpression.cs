using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Sets something about the connection, such as its mark.</summary>
public sealed record CtSetExpression : NftExpression
{
    /// <summary>What.</summary>
    public required CtKey Key { get; init; }

    /// <summary>Where the value lies.</summary>
    public required NftRegister Register { get; init; }

    /// <inheritdoc/>
    public override string Name => CtExpression.Kind;

    internal override void WriteData(NetlinkWriter writer)
    {
        writer.WriteUInt32BigEndian(NftaCt.Key, (uint)Key);
        writer.WriteUInt32BigEndian(NftaCt.Source, (uint)Register);
    }

    /// <summary>Reads the attributes that <see cref="WriteData"/> writes; null if they have another form.</summary>
    internal static CtSetExpression? Read(AttributeList attributes)
    {
        CtKey? key = null;
        NftRegister? register = null;
        foreach (AttributeReader attribute in attributes)
        {
            switch (attribute.Type)
            {
                case NftaCt.Key: key = (CtKey)attribute.ReadUInt32BigEndian(); break;
                case NftaCt.Source: register = (NftRegister)attribute.ReadUInt32BigEndian(); break;
                default: break;
            }
        }
        return key is not null && register is not null
            ? new CtSetExpression { Key = key.Value, Register = register.Value }
            : null;
    }
}
