using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Loads bytes of the packet.</summary>
public sealed record PayloadExpression : NftExpression
{
    internal const string Kind = "payload";

    /// <summary>Where they go.</summary>
    public required NftRegister Register { get; init; }

    /// <summary>Which header they are counted from.</summary>
    public required PayloadBase Base { get; init; }

    /// <summary>Bytes from there.</summary>
    public required uint Offset { get; init; }

    /// <summary>How many bytes.</summary>
    public required uint Length { get; init; }

    /// <inheritdoc/>
    public override string Name => Kind;

    internal override void WriteData(NetlinkWriter writer)
    {
        writer.WriteUInt32BigEndian(NftaPayload.Register, (uint)Register);
        writer.WriteUInt32BigEndian(NftaPayload.Base, (uint)Base);
        writer.WriteUInt32BigEndian(NftaPayload.Offset, Offset);
        writer.WriteUInt32BigEndian(NftaPayload.Length, Length);
    }

    /// <summary>Reads the attributes that <see cref="WriteData"/> writes; null if they have another form.</summary>
    internal static PayloadExpression? Read(AttributeList attributes)
    {
        NftRegister? register = null;
        PayloadBase? @base = null;
        uint? offset = null;
        uint? length = null;
        bool isOther = false;
        foreach (AttributeReader attribute in attributes)
        {
            switch (attribute.Type)
            {
                case NftaPayload.Register: register = (NftRegister)attribute.ReadUInt32BigEndian(); break;
                case NftaPayload.Base: @base = (PayloadBase)attribute.ReadUInt32BigEndian(); break;
                case NftaPayload.Offset: offset = attribute.ReadUInt32BigEndian(); break;
                case NftaPayload.Length: length = attribute.ReadUInt32BigEndian(); break;
                case NftaPayload.Source: isOther = true; break; // it writes to the packet
                default: break;
            }
        }
        return register is not null && @base is not null && offset is not null && length is not null && !isOther
            ? new PayloadExpression
            {
                Register = register.Value,
                Base = @base.Value,
                Offset = offset.Value,
                Length = length.Value,
            }
            : null;
    }
}
