using System.Runtime.InteropServices;
using BridgeNet.Native;
using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Tests;

/// <summary>What one receive gives: messages, or an error.</summary>
internal sealed record Datagram(byte[] Bytes, Errno Errno = Errno.None)
{
    public static Datagram Lost { get; } = new([], Errno.ENOBUFS);

    public static Datagram Of(params byte[][] messages) => new([.. messages.SelectMany(message => message)]);

    /// <summary>A message with a payload; the length is padded as the kernel pads it.</summary>
    public static byte[] Message(ushort type, uint sequence, ReadOnlySpan<byte> payload, NetlinkFlags flags = NetlinkFlags.None)
    {
        byte[] bytes = new byte[NetlinkAlignment.Align(NetlinkAlignment.MessageHeader + payload.Length)];
        MemoryMarshal.Write(bytes, NetlinkAlignment.MessageHeader + payload.Length);
        MemoryMarshal.Write(bytes.AsSpan(4), type);
        MemoryMarshal.Write(bytes.AsSpan(6), (ushort)flags);
        MemoryMarshal.Write(bytes.AsSpan(8), sequence);
        payload.CopyTo(bytes.AsSpan(NetlinkAlignment.MessageHeader));
        return bytes;
    }

    public static byte[] Acknowledgement(uint sequence) => Error(sequence, Errno.None);

    /// <summary>A capped NLMSG_ERROR with an extended acknowledgement.</summary>
    public static byte[] Error(uint sequence, Errno errno, string? text = null, int? offset = null)
    {
        byte[] header = new byte[sizeof(int) + NetlinkAlignment.MessageHeader];
        MemoryMarshal.Write(header, -(int)errno);
        byte[] attributes = Payload(writer =>
        {
            if (text is not null)
            {
                writer.WriteString(NlmsgErr.Message, text);
            }
            if (offset is { } given)
            {
                writer.WriteInt32(NlmsgErr.Offset, given);
            }
        });
        NetlinkFlags flags = NetlinkFlags.Capped | (attributes.Length > 0 ? NetlinkFlags.AcknowledgementAttributes : NetlinkFlags.None);
        return Message(NetlinkMessageType.Error, sequence, [.. header, .. attributes], flags);
    }

    public static byte[] Done(uint sequence, Errno errno = Errno.None, NetlinkFlags flags = NetlinkFlags.Multi) =>
        Message(NetlinkMessageType.Done, sequence, BitConverter.GetBytes(-(int)errno), flags);

    /// <summary>What a writer's message holds behind its header.</summary>
    public static byte[] Payload(Action<NetlinkWriter> write)
    {
        NetlinkWriter writer = new();
        using (writer.Message(0, NetlinkFlags.None))
        {
            write(writer);
        }
        return writer.Written[NetlinkAlignment.MessageHeader..].ToArray();
    }
}
