using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Sets and maps on the wire.</summary>
internal static class NftSetCodec
{
    /// <summary>NFT_SET_MAP, u32: there are data.</summary>
    private const uint MapFlag = 0x8;

    /// <summary>NFT_SET_CONCAT, u32: ranges have several parts.</summary>
    private const uint ConcatenationFlag = 0x80;

    /// <summary>NFT_DATA_VERDICT, u32: the type of data that are verdicts.</summary>
    private const uint VerdictType = 0xffffff00;

    /// <summary>Writes the attributes of a new set.</summary>
    public static void Write(NetlinkWriter writer, NftSet set)
    {
        writer.WriteString(NftaSet.Table, set.Table.Name);
        writer.WriteString(NftaSet.Name, set.Name);
        writer.WriteUInt32BigEndian(NftaSet.Flags, FlagsOf(set));
        writer.WriteUInt32BigEndian(NftaSet.KeyType, NftTypeNumber.NumberOf(set.KeyTypes));
        writer.WriteUInt32BigEndian(NftaSet.KeyLength, NftTypeNumber.LengthOf(set.KeyTypes));
        if (set.IsMap)
        {
            bool verdict = set.DataTypes == [NftType.Verdict];
            writer.WriteUInt32BigEndian(NftaSet.DataType, verdict ? VerdictType : NftTypeNumber.NumberOf(set.DataTypes));
            writer.WriteUInt32BigEndian(NftaSet.DataLength, NftTypeNumber.LengthOf(set.DataTypes));
        }
        if (set.Id is { } id)
        {
            writer.WriteUInt32BigEndian(NftaSet.Id, id);
        }
        WriteDescription(writer, set);
        NftTime.Write(writer, NftaSet.Timeout, set.Timeout);
        writer.WriteBytes(NftaSet.UserData, NftSetUserData.Write(set));
        if (set.HasCounters)
        {
            using (writer.Nest(NftaSet.Expression))
            {
                NftExpressionCodec.Write(writer, new CounterExpression());
            }
        }
        if (set.Handle is { } handle)
        {
            writer.WriteUInt64BigEndian(NftaSet.Handle, handle);
        }
    }

    /// <summary>Reads a set.</summary>
    /// <exception cref="NetlinkFormatException">A value has the wrong length.</exception>
    public static NftSet Read(NetlinkMessage message)
    {
        string table = string.Empty, name = string.Empty;
        string? comment = null;
        uint flags = 0, keyType = 0, keyLength = 0, dataType = 0, dataLength = 0;
        uint? id = null, size = null;
        ulong? handle = null;
        TimeSpan? timeout = null;
        bool counters = false;
        foreach (AttributeReader attribute in message.Attributes<NfGenMessage>())
        {
            switch (attribute.Type)
            {
                case NftaSet.Table: table = attribute.ReadString(); break;
                case NftaSet.Name: name = attribute.ReadString(); break;
                case NftaSet.Flags: flags = attribute.ReadUInt32BigEndian(); break;
                case NftaSet.KeyType: keyType = attribute.ReadUInt32BigEndian(); break;
                case NftaSet.KeyLength: keyLength = attribute.ReadUInt32BigEndian(); break;
                case NftaSet.DataType: dataType = attribute.ReadUInt32BigEndian(); break;
                case NftaSet.DataLength: dataLength = attribute.ReadUInt32BigEndian(); break;
                case NftaSet.Id: id = attribute.ReadUInt32BigEndian(); break;
                case NftaSet.Description: size = ReadSize(attribute); break;
                case NftaSet.Timeout: timeout = NftTime.Read(attribute); break;
                case NftaSet.UserData: comment = NftSetUserData.ReadComment(attribute.Value); break;
                case NftaSet.Expression: counters = NftExpressionCodec.Read(attribute.Attributes) is CounterExpression; break;
                case NftaSet.Handle: handle = attribute.ReadUInt64BigEndian(); break;
                default: break;
            }
        }
        return new NftSet
        {
            Table = new NftTableId(NfGenMessage.FamilyOf(message), table),
            Name = name,
            Flags = (NftSetFlags)(flags & ~(MapFlag | ConcatenationFlag)),
            KeyTypes = NftTypeNumber.Read(keyType, keyLength),
            DataTypes = (flags & MapFlag) == 0 ? [] : dataType == VerdictType ? [NftType.Verdict] : NftTypeNumber.Read(dataType, dataLength),
            Size = size,
            Timeout = timeout,
            HasCounters = counters,
            Comment = comment,
            Id = id,
            Handle = handle,
        };
    }

    private static bool HasConcatenatedRanges(NftSet set) => set.KeyTypes.Count > 1 && set.Flags.HasFlag(NftSetFlags.Interval);

    private static uint FlagsOf(NftSet set) =>
        (uint)set.Flags | (set.IsMap ? MapFlag : 0) | (HasConcatenatedRanges(set) ? ConcatenationFlag : 0);

    private static void WriteDescription(NetlinkWriter writer, NftSet set)
    {
        if (set.Size is null && !HasConcatenatedRanges(set))
        {
            return;
        }
        using (writer.Nest(NftaSet.Description))
        {
            if (set.Size is { } size)
            {
                writer.WriteUInt32BigEndian(NftaSetDescription.Size, size);
            }
            if (HasConcatenatedRanges(set))
            {
                WriteFields(writer, set.KeyTypes);
            }
        }
    }

    private static void WriteFields(NetlinkWriter writer, ValueList<NftType> types)
    {
        using (writer.Nest(NftaSetDescription.Concatenation))
        {
            foreach (NftType type in types.AsSpan())
            {
                using (writer.Nest(NftaList.Item))
                {
                    writer.WriteUInt32BigEndian(NftaSetField.Length, (uint)type.Length);
                }
            }
        }
    }

    private static uint? ReadSize(AttributeReader nest) =>
        nest.Attributes.TryFind(NftaSetDescription.Size, out AttributeReader size) ? size.ReadUInt32BigEndian() : null;
}
