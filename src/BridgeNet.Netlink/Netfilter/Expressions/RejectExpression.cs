using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Drops the packet and tells its sender.</summary>
public sealed record RejectExpression : NftExpression
{
    internal const string Kind = "reject";

    /// <summary>How.</summary>
    public required RejectType Type { get; init; }

    /// <summary>An ICMP code, of ICMP, ICMPv6 or <see cref="IcmpxCode"/> by the type; 0 for a TCP reset.</summary>
    public byte Code { get; init; }

    /// <inheritdoc/>
    public override string Name => Kind;

    internal override void WriteData(NetlinkWriter writer)
    {
        writer.WriteUInt32BigEndian(NftaReject.Type, (uint)Type);
        writer.WriteByte(NftaReject.Code, Code);
    }

    /// <summary>Reads the attributes that <see cref="WriteData"/> writes; null if they have another form.</summary>
    internal static RejectExpression? Read(AttributeList attributes)
    {
        RejectType? type = null;
        byte code = 0;
        foreach (AttributeReader attribute in attributes)
        {
            switch (attribute.Type)
            {
                case NftaReject.Type: type = (RejectType)attribute.ReadUInt32BigEndian(); break;
                case NftaReject.Code: code = attribute.ReadByte(); break;
                default: break;
            }
        }
        return type is not null ? new RejectExpression { Type = type.Value, Code = code } : null;
    }
}
