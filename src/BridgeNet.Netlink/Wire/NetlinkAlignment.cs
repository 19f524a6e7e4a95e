namespace BridgeNet.Netlink.Wire;

/// <summary>Sizes that every netlink message obeys.</summary>
internal static class NetlinkAlignment
{
    /// <summary>NLMSG_HDRLEN: the message header, in bytes.</summary>
    public const int MessageHeader = 16;

    /// <summary>NLA_HDRLEN: the header of an attribute, in bytes.</summary>
    public const int AttributeHeader = 4;

    /// <summary>NLA_F_NESTED: the attribute holds attributes.</summary>
    public const ushort NestedBit = 0x8000;

    /// <summary>NLA_F_NET_BYTEORDER: the value is in network order.</summary>
    public const ushort NetworkOrderBit = 0x4000;

    /// <summary>NLA_TYPE_MASK: the type without the two bits.</summary>
    public const ushort TypeMask = 0x3fff;

    /// <summary>The length with the padding that follows it, to a multiple of NLMSG_ALIGNTO, 4.</summary>
    public static int Align(int length) => (length + 3) & ~3;
}
