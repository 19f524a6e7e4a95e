using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BridgeNet.Netlink.Wire;

/// <summary>One message, read where it lies.</summary>
public readonly ref struct NetlinkMessage
{
    private readonly ReadOnlySpan<byte> _bytes;

    /// <summary>The message in these bytes, which begin with its header.</summary>
    /// <exception cref="NetlinkFormatException">They are fewer than a header.</exception>
    public NetlinkMessage(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < NetlinkAlignment.MessageHeader)
        {
            throw new NetlinkFormatException($"a message has a header of {NetlinkAlignment.MessageHeader} bytes: got {bytes.Length}");
        }
        _bytes = bytes;
    }

    /// <summary>nlmsg_type.</summary>
    public ushort Type => MemoryMarshal.Read<ushort>(_bytes[4..]);

    /// <summary>nlmsg_flags.</summary>
    public NetlinkFlags Flags => (NetlinkFlags)MemoryMarshal.Read<ushort>(_bytes[6..]);

    /// <summary>nlmsg_seq: in an answer, the request's sequence number.</summary>
    public uint Sequence => MemoryMarshal.Read<uint>(_bytes[8..]);

    /// <summary>What follows the header.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[NetlinkAlignment.MessageHeader..];

    /// <summary>The family's fixed header at the payload's start, such as struct ifinfomsg.</summary>
    /// <exception cref="NetlinkFormatException">The payload is shorter.</exception>
    public T Header<T>()
        where T : unmanaged
    {
        if (Payload.Length < Unsafe.SizeOf<T>())
        {
            throw new NetlinkFormatException($"message type {Type}: {typeof(T).Name} has {Unsafe.SizeOf<T>()} bytes: got {Payload.Length}");
        }
        return MemoryMarshal.Read<T>(Payload);
    }

    /// <summary>The attributes behind a fixed header.</summary>
    public AttributeList Attributes<T>()
        where T : unmanaged
    {
        int header = NetlinkAlignment.Align(Unsafe.SizeOf<T>());
        return new AttributeList(header <= Payload.Length ? Payload[header..] : default);
    }
}
