using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Stateful objects on the wire.</summary>
internal static class NftObjectCodec
{
    /// <summary>Writes the attributes of a new object.</summary>
    public static void Write(NetlinkWriter writer, NftObject obj)
    {
        writer.WriteString(NftaObject.Table, obj.Table.Name);
        writer.WriteString(NftaObject.Name, obj.Name);
        writer.WriteUInt32BigEndian(NftaObject.Type, (uint)obj.Type);
        if (!obj.UserData.IsEmpty)
        {
            writer.WriteBytes(NftaObject.UserData, obj.UserData.Bytes.Bytes);
        }
        using (writer.Nest(NftaObject.Data))
        {
            obj.WriteData(writer);
        }
        if (obj.Handle is { } handle)
        {
            writer.WriteUInt64BigEndian(NftaObject.Handle, handle);
        }
    }

    /// <summary>Reads an object; null if it is of a kind unknown here.</summary>
    /// <exception cref="NetlinkFormatException">A value has the wrong length.</exception>
    public static NftObject? Read(NetlinkMessage message)
    {
        string table = string.Empty, name = string.Empty;
        NftObjectType type = default;
        AttributeList data = default;
        ulong? handle = null;
        NftUserData userData = default;
        foreach (AttributeReader attribute in message.Attributes<NfGenMessage>())
        {
            switch (attribute.Type)
            {
                case NftaObject.Table: table = attribute.ReadString(); break;
                case NftaObject.Name: name = attribute.ReadString(); break;
                case NftaObject.Type: type = (NftObjectType)attribute.ReadUInt32BigEndian(); break;
                case NftaObject.Data: data = attribute.Attributes; break;
                case NftaObject.Handle: handle = attribute.ReadUInt64BigEndian(); break;
                case NftaObject.UserData: userData = new NftUserData(new NftValue(attribute.Value)); break;
                default: break;
            }
        }
        NftTableId id = new(NfGenMessage.FamilyOf(message), table);
        return type switch
        {
            NftObjectType.Counter => ReadCounter(data, id, name) with { Handle = handle, UserData = userData },
            NftObjectType.Quota => ReadQuota(data, id, name) with { Handle = handle, UserData = userData },
            _ => null,
        };
    }

    private static NftCounter ReadCounter(AttributeList data, NftTableId table, string name)
    {
        CounterExpression counter = CounterExpression.Read(data);
        return new NftCounter { Table = table, Name = name, Packets = counter.Packets, Bytes = counter.Bytes };
    }

    private static NftQuota ReadQuota(AttributeList data, NftTableId table, string name)
    {
        ulong bytes = 0, consumed = 0;
        uint flags = 0;
        foreach (AttributeReader attribute in data)
        {
            switch (attribute.Type)
            {
                case NftaQuota.Bytes: bytes = attribute.ReadUInt64BigEndian(); break;
                case NftaQuota.Flags: flags = attribute.ReadUInt32BigEndian(); break;
                case NftaQuota.Consumed: consumed = attribute.ReadUInt64BigEndian(); break;
                default: break;
            }
        }
        return new NftQuota { Table = table, Name = name, Bytes = bytes, Consumed = consumed, Over = NftQuota.IsOver(flags) };
    }
}
