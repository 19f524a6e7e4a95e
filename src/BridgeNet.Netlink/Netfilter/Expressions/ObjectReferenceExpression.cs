using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Uses an object with a name: a counter counts, a quota matches.</summary>
public sealed record ObjectReferenceExpression : NftExpression
{
    internal const string Kind = "objref";

    /// <summary>The object's kind.</summary>
    public required NftObjectType Type { get; init; }

    /// <summary>The object's name.</summary>
    public required string ObjectName { get; init; }

    /// <inheritdoc/>
    public override string Name => Kind;

    internal override void WriteData(NetlinkWriter writer)
    {
        writer.WriteUInt32BigEndian(NftaObjectReference.Type, (uint)Type);
        writer.WriteString(NftaObjectReference.Name, ObjectName);
    }

    /// <summary>Reads the attributes that <see cref="WriteData"/> writes; null if they have another form.</summary>
    internal static ObjectReferenceExpression? Read(AttributeList attributes)
    {
        NftObjectType? type = null;
        string? objectName = null;
        foreach (AttributeReader attribute in attributes)
        {
            switch (attribute.Type)
            {
                case NftaObjectReference.Type: type = (NftObjectType)attribute.ReadUInt32BigEndian(); break;
                case NftaObjectReference.Name: objectName = attribute.ReadString(); break;
                default: break;
            }
        }
        return type is not null && objectName is not null
            ? new ObjectReferenceExpression { Type = type.Value, ObjectName = objectName }
            : null;
    }
}
