using System.Buffers.Binary;

namespace BridgeNet.Native;

/// <summary>The loopback of the calling thread's network namespace.</summary>
internal static class LoopbackInterface
{
    public static void BringUp()
    {
        byte[] request = new byte[32];
        BinaryPrimitives.WriteUInt32LittleEndian(request, 32);              // nlmsg_len
        BinaryPrimitives.WriteUInt16LittleEndian(request.AsSpan(4), 0x10);  // nlmsg_type: RTM_NEWLINK
        BinaryPrimitives.WriteUInt16LittleEndian(request.AsSpan(6), 0x05);  // nlmsg_flags: NLM_F_REQUEST | NLM_F_ACK
        BinaryPrimitives.WriteUInt32LittleEndian(request.AsSpan(20), 1);    // ifi_index: lo
        BinaryPrimitives.WriteUInt32LittleEndian(request.AsSpan(24), 1);    // ifi_flags: IFF_UP
        BinaryPrimitives.WriteUInt32LittleEndian(request.AsSpan(28), 1);    // ifi_change: IFF_UP
        using FileDescriptor socket = NetlinkDescriptor.Open(NetlinkProtocol.Route);
        NetlinkDescriptor.Send(socket, request).Should().Be(Errno.None);
    }

    /// <summary>How many packets it sent, as /proc/net/dev counts them.</summary>
    public static string PacketsSent() =>
        File.ReadLines("/proc/thread-self/net/dev").Single(line => line.TrimStart().StartsWith("lo:", StringComparison.Ordinal))
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)[10];
}
