using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Chains on the wire.</summary>
internal static class NftChainCodec
{
    /// <summary>Writes the attributes of a new chain.</summary>
    public static void Write(NetlinkWriter writer, NftChain chain)
    {
        writer.WriteString(NftaChain.Table, chain.Table.Name);
        writer.WriteString(NftaChain.Name, chain.Name);
        if (chain.Type is { } type)
        {
            writer.WriteString(NftaChain.Type, type.Name);
        }
        if (chain.Policy is { } policy)
        {
            writer.WriteUInt32BigEndian(NftaChain.Policy, (uint)policy);
        }
        if (chain.Hook is { } hook)
        {
            NftHookCodec.Write(writer, chain.Table.Family, hook);
        }
        if (chain.Handle is { } handle)
        {
            writer.WriteUInt64BigEndian(NftaChain.Handle, handle);
        }
        if (!chain.UserData.IsEmpty)
        {
            writer.WriteBytes(NftaChain.UserData, chain.UserData.Bytes.Bytes);
        }
    }

    /// <summary>Reads a chain.</summary>
    /// <exception cref="NetlinkFormatException">A value has the wrong length.</exception>
    public static NftChain Read(NetlinkMessage message)
    {
        string table = string.Empty, name = string.Empty;
        string? type = null;
        NftHook? hook = null;
        NftPolicy? policy = null;
        ulong? handle = null;
        NftUserData userData = default;
        NftFamily family = NfGenMessage.FamilyOf(message);
        foreach (AttributeReader attribute in message.Attributes<NfGenMessage>())
        {
            switch (attribute.Type)
            {
                case NftaChain.Table: table = attribute.ReadString(); break;
                case NftaChain.Name: name = attribute.ReadString(); break;
                case NftaChain.Type: type = attribute.ReadString(); break;
                case NftaChain.Hook: hook = NftHookCodec.Read(family, attribute); break;
                case NftaChain.Policy: policy = (NftPolicy)attribute.ReadUInt32BigEndian(); break;
                case NftaChain.Handle: handle = attribute.ReadUInt64BigEndian(); break;
                case NftaChain.UserData: userData = new NftUserData(new NftValue(attribute.Value)); break;
                default: break;
            }
        }
        return new NftChain
        {
            Table = new NftTableId(family, table),
            Name = name,
            Type = type is null ? null : new NftChainType(type),
            Hook = hook,
            Policy = policy,
            Handle = handle,
            UserData = userData,
        };
    }
}
