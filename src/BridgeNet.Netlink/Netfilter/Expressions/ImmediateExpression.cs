using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Loads a value into a register.</summary>
public sealed record ImmediateExpression : NftExpression
{
    internal const string Kind = "immediate";

    /// <summary>Where it goes.</summary>
    public required NftRegister Register { get; init; }

    /// <summary>What.</summary>
    public required NftValue Value { get; init; }

    /// <inheritdoc/>
    public override string Name => Kind;

    internal override void WriteData(NetlinkWriter writer)
    {
        writer.WriteUInt32BigEndian(NftaImmediate.Register, (uint)Register);
        NftDataCodec.WriteValue(writer, NftaImmediate.Data, Value);
    }

    /// <summary>Reads the attributes that <see cref="WriteData"/> writes; null if they have another form.</summary>
    internal static ImmediateExpression? Read(AttributeList attributes)
    {
        NftRegister? register = null;
        NftValue? value = null;
        foreach (AttributeReader attribute in attributes)
        {
            switch (attribute.Type)
            {
                case NftaImmediate.Register: register = (NftRegister)attribute.ReadUInt32BigEndian(); break;
                case NftaImmediate.Data: value = NftDataCodec.ReadValue(attribute); break;
                default: break;
            }
        }
        return register is not null && value is not null
            ? new ImmediateExpression { Register = register.Value, Value = value.Value }
            : null;
    }
}
