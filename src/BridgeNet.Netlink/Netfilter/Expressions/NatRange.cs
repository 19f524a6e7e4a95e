using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>What nat, masq and redir have in common: ranges and flags, which the kernel lists more wordily than they were written.</summary>
internal static class NatRange
{
    /// <summary>NF_NAT_RANGE_MAP_IPS | NF_NAT_RANGE_PROTO_SPECIFIED, u32: there are addresses and ports; the registers say so too.</summary>
    private const uint Implied = 3;

    /// <summary>A register, if there is one.</summary>
    public static void Write(NetlinkWriter writer, ushort type, NftRegister? register)
    {
        if (register is { } value)
        {
            writer.WriteUInt32BigEndian(type, (uint)value);
        }
    }

    /// <summary>Flags, if there are any.</summary>
    public static void Write(NetlinkWriter writer, ushort type, NatFlags flags)
    {
        if (flags is not NatFlags.None)
        {
            writer.WriteUInt32BigEndian(type, (uint)flags);
        }
    }

    /// <summary>Flags without those that the registers say.</summary>
    public static NatFlags ReadFlags(AttributeReader attribute) => (NatFlags)(attribute.ReadUInt32BigEndian() & ~Implied);

    /// <summary>The end of a range; the kernel repeats the beginning where there is none.</summary>
    public static NftRegister? Last(NftRegister? first, NftRegister? last) => last == first ? null : last;
}
