using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Tables on the wire.</summary>
internal static class NftTableCodec
{
    /// <summary>Writes the attributes of a new table.</summary>
    public static void Write(NetlinkWriter writer, NftTable table)
    {
        writer.WriteString(NftaTable.Name, table.Id.Name);
        writer.WriteUInt32BigEndian(NftaTable.Flags, (uint)table.Flags);
        if (table.Handle is { } handle)
        {
            writer.WriteUInt64BigEndian(NftaTable.Handle, handle);
        }
        if (!table.UserData.IsEmpty)
        {
            writer.WriteBytes(NftaTable.UserData, table.UserData.Bytes.Bytes);
        }
    }

    /// <summary>Reads a table.</summary>
    /// <exception cref="NetlinkFormatException">A value has the wrong length.</exception>
    public static NftTable Read(NetlinkMessage message)
    {
        string name = string.Empty;
        NftTableFlags flags = NftTableFlags.None;
        ulong? handle = null;
        NftUserData userData = default;
        NftFamily family = NfGenMessage.FamilyOf(message);
        foreach (AttributeReader attribute in message.Attributes<NfGenMessage>())
        {
            switch (attribute.Type)
            {
                case NftaTable.Name: name = attribute.ReadString(); break;
                case NftaTable.Flags: flags = (NftTableFlags)attribute.ReadUInt32BigEndian(); break;
                case NftaTable.Handle: handle = attribute.ReadUInt64BigEndian(); break;
                case NftaTable.UserData: userData = new NftUserData(new NftValue(attribute.Value)); break;
                default: break;
            }
        }
        return new NftTable { Id = new NftTableId(family, name), Flags = flags, Handle = handle, UserData = userData };
    }
}
