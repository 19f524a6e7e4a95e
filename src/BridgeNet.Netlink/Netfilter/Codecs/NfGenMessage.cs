using System.Buffers.Binary;
using System.Runtime.InteropServices;

using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>struct nfgenmsg: the header of every nfnetlink message.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct NfGenMessage
{
    /// <summary>nfgen_family, u8: NFPROTO_….</summary>
    public readonly byte Family;

    /// <summary>version, u8: 0.</summary>
    public readonly byte Version;

    /// <summary>res_id, be16: the subsystem that a transaction is for.</summary>
    public readonly ushort Resource;

    private NfGenMessage(byte family, ushort resource)
    {
        Family = family;
        Resource = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(resource) : resource;
    }

    /// <summary>Begins a message of a subsystem and writes this header.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="subsystem">NFNL_SUBSYS_….</param>
    /// <param name="type">The low byte of nlmsg_type.</param>
    /// <param name="flags">nlmsg_flags.</param>
    /// <param name="family">NFPROTO_…, or 0 for any.</param>
    public static NetlinkMessageScope Begin(NetlinkWriter writer, ushort subsystem, byte type, NetlinkFlags flags, NftFamily family)
    {
        NetlinkMessageScope scope = writer.Message((ushort)(subsystem << 8 | type), flags);
        writer.WriteHeader(new NfGenMessage((byte)family, 0));
        return scope;
    }

    /// <summary>Begins the message that begins or ends a transaction of nf_tables.</summary>
    public static NetlinkMessageScope BeginBatch(NetlinkWriter writer, ushort type)
    {
        NetlinkMessageScope scope = writer.Message(type, NetlinkFlags.None);
        writer.WriteHeader(new NfGenMessage(0, NfnlMessage.TablesSubsystem));
        return scope;
    }

    /// <summary>The family of a message.</summary>
    public static NftFamily FamilyOf(NetlinkMessage message) => (NftFamily)message.Header<NfGenMessage>().Family;
}
