using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Loads a property of the tracked connection.</summary>
public sealed record CtExpression : NftExpression
{
    internal const string Kind = "ct";

    /// <summary>What.</summary>
    public required CtKey Key { get; init; }

    /// <summary>Where it goes.</summary>
    public required NftRegister Register { get; init; }

    /// <summary>Of which direction; null where it is of none.</summary>
    public CtDirection? Direction { get; init; }

    /// <inheritdoc/>
    public override string Name => Kind;

    internal override void WriteData(NetlinkWriter writer)
    {
        writer.WriteUInt32BigEndian(NftaCt.Key, (uint)Key);
        writer.WriteUInt32BigEndian(NftaCt.Target, (uint)Register);
        if (Direction is { } direction)
        {
            writer.WriteByte(NftaCt.Direction, (byte)direction);
        }
    }

    /// <summary>Reads the attributes that <see cref="WriteData"/> writes; null if they have another form.</summary>
    internal static CtExpression? Read(AttributeList attributes)
    {
        CtKey? key = null;
        NftRegister? register = null;
        CtDirection? direction = null;
        foreach (AttributeReader attribute in attributes)
        {
            switch (attribute.Type)
            {
                case NftaCt.Key: key = (CtKey)attribute.ReadUInt32BigEndian(); break;
                case NftaCt.Target: register = (NftRegister)attribute.ReadUInt32BigEndian(); break;
                case NftaCt.Direction: direction = (CtDirection)attribute.ReadByte(); break;
                default: break;
            }
        }
        return key is not null && register is not null
            ? new CtExpression { Key = key.Value, Register = register.Value, Direction = direction }
            : null;
    }
}
