using System.Buffers.Binary;

namespace BridgeNet.Native;

public sealed class NetlinkDescriptorTests
{
    private static readonly byte[] s_requestOfLoopback =
    [
        0x20, 0x00, 0x00, 0x00, // nlmsg_len: 32 bytes
        0x12, 0x00,             // nlmsg_type: RTM_GETLINK
        0x01, 0x00,             // nlmsg_flags: NLM_F_REQUEST
        0x07, 0x00, 0x00, 0x00, // nlmsg_seq
        0x00, 0x00, 0x00, 0x00, // nlmsg_pid: the kernel's choice
        0x00, 0x00, 0x00, 0x00, // ifi_family, padding, ifi_type
        0x01, 0x00, 0x00, 0x00, // ifi_index: lo
        0x00, 0x00, 0x00, 0x00, // ifi_flags
        0x00, 0x00, 0x00, 0x00, // ifi_change
    ];

    [Fact]
    public void The_kernel_has_answered_when_send_returns()
    {
        using FileDescriptor socket = NetlinkDescriptor.Open(NetlinkProtocol.Route);
        byte[] buffer = new byte[32768];

        Errno sent = NetlinkDescriptor.Send(socket, s_requestOfLoopback);
        Errno received = NetlinkDescriptor.Receive(socket, buffer, out int length);

        (sent, received).Should().Be((Errno.None, Errno.None));
        BinaryPrimitives.ReadUInt32LittleEndian(buffer).Should().Be((uint)length);
        BinaryPrimitives.ReadUInt16LittleEndian(buffer.AsSpan(4)).Should().Be(16, "that is RTM_NEWLINK");
        BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(8)).Should().Be(7, "that is the request's sequence number");
    }

    [Fact]
    public void An_interface_is_found_by_its_name()
    {
        using FileDescriptor socket = NetlinkDescriptor.Open(NetlinkProtocol.Route);

        NetlinkDescriptor.FindInterface(socket, "lo", out int index).Should().Be(Errno.None);
        NetlinkDescriptor.FindInterface(socket, "nobody", out int none).Should().Be(Errno.ENODEV);
        NetlinkDescriptor.FindInterface(socket, "longer-than-a-name", out _).Should().Be(Errno.ENAMETOOLONG);

        (index, none).Should().Be((1, 0));
    }

    [Fact]
    public void A_short_buffer_still_tells_the_whole_length()
    {
        using FileDescriptor socket = NetlinkDescriptor.Open(NetlinkProtocol.Route);
        byte[] buffer = new byte[16];

        NetlinkDescriptor.Send(socket, s_requestOfLoopback);
        Errno received = NetlinkDescriptor.Receive(socket, buffer, out int length);

        received.Should().Be(Errno.None);
        length.Should().BeGreaterThan(buffer.Length);
    }

    [Fact]
    public void Nothing_to_receive_is_EAGAIN()
    {
        using FileDescriptor socket = NetlinkDescriptor.Open(NetlinkProtocol.Netfilter);

        NetlinkDescriptor.Receive(socket, new byte[64], out int length).Should().Be(Errno.EAGAIN);

        length.Should().Be(0);
    }

    [Fact]
    public void A_refusal_carries_the_kernels_text_and_not_the_request()
    {
        byte[] request = [.. s_requestOfLoopback];
        request[4] = 0x10; // RTM_NEWLINK with NLM_F_CREATE of a link that has no name, no kind and an index that is taken
        request[7] = 0x06; // NLM_F_CREATE | NLM_F_EXCL
        using FileDescriptor socket = NetlinkDescriptor.Open(NetlinkProtocol.Route);
        byte[] buffer = new byte[4096];

        OwnThread.Run(() =>
        {
            ThreadNamespace.UnshareNetwork();
            using FileDescriptor inside = NetlinkDescriptor.Open(NetlinkProtocol.Route);
            NetlinkDescriptor.Send(inside, request).Should().Be(Errno.None);
            NetlinkDescriptor.Receive(inside, buffer, out int length).Should().Be(Errno.None);

            const int errorHeaders = 16 + 4 + 16;
            BinaryPrimitives.ReadUInt16LittleEndian(buffer.AsSpan(4)).Should().Be(2, "that is NLMSG_ERROR");
            BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(16)).Should().Be(-(int)Errno.EEXIST);
            length.Should().Be(errorHeaders, "the request's body is not repeated");
        });
    }

    [Fact]
    public void A_socket_stays_in_the_namespace_where_it_was_opened()
    {
        FileDescriptor? socket = null;
        OwnThread.Run(() =>
        {
            ThreadNamespace.UnshareNetwork();
            socket = NetlinkDescriptor.Open(NetlinkProtocol.Route);
        });

        using (socket)
        {
            byte[] buffer = new byte[32768];
            NetlinkDescriptor.Send(socket!, s_requestOfLoopback);
            NetlinkDescriptor.Receive(socket!, buffer, out _);

            const int iffUp = 1;
            (BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(24)) & iffUp).Should().Be(0, "the loopback of a new namespace is down");
        }
    }

    [Fact]
    public void Buffers_grow_and_groups_are_joined()
    {
        using FileDescriptor socket = NetlinkDescriptor.Open(NetlinkProtocol.Route);
        const int rtnlgrpLink = 1;

        NetlinkDescriptor.CheckStrictly(socket);
        NetlinkDescriptor.Join(socket, rtnlgrpLink);
        NetlinkDescriptor.ReserveSendBuffer(socket, 4 << 20);
        NetlinkDescriptor.ReserveReceiveBuffer(socket, 4 << 20);

        NetlinkDescriptor.Send(socket, new byte[3 << 20]).Should().Be(Errno.None, "the buffer has room for a datagram of 3 MiB");
    }

    [Fact]
    public void A_datagram_larger_than_the_send_buffer_is_refused_whole()
    {
        using FileDescriptor socket = NetlinkDescriptor.Open(NetlinkProtocol.Route);

        NetlinkDescriptor.ReserveSendBuffer(socket, 1 << 16);

        NetlinkDescriptor.Send(socket, new byte[1 << 20]).Should().Be(Errno.EMSGSIZE);
    }

    [Fact]
    public void A_group_that_does_not_exist_is_refused()
    {
        using FileDescriptor socket = NetlinkDescriptor.Open(NetlinkProtocol.Route);

        FluentActions.Invoking(() => NetlinkDescriptor.Join(socket, 100_000)).Should().Throw<KernelException>().Which.Errno.Should().Be(Errno.EINVAL);
    }

    [Fact]
    public void A_protocol_that_does_not_exist_is_refused()
    {
        FluentActions.Invoking(() => NetlinkDescriptor.Open((NetlinkProtocol)31))
            .Should().Throw<KernelException>().Which.Errno.Should().Be(Errno.EPROTONOSUPPORT);
    }
}
