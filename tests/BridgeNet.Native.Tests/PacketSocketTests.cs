namespace BridgeNet.Native;

public sealed class PacketSocketTests
{
    private const int Loopback = 1;

    /// <summary>An Ethernet header of an ethertype for experiments, from nobody to nobody, and 46 bytes of nothing.</summary>
    private static readonly byte[] s_frame = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x88, 0xb5, .. new byte[46]];

    [Fact]
    public void A_frame_leaves_by_its_interface_and_another_threads_namespace_does_not_matter()
    {
        PacketSocket? socket = null;
        OwnThread.Run(() =>
        {
            ThreadNamespace.UnshareNetwork();
            socket = PacketSocket.Open(Loopback);
        });

        using (socket)
        {
            socket!.Send(s_frame).Should().Be(Errno.ENETDOWN, "the loopback of a new namespace is down, that of this one is up");
        }
    }

    [Fact]
    public void A_frame_that_can_be_sent_is_sent()
    {
        Errno sent = Errno.None;
        string before = "", after = "";

        OwnThread.Run(() =>
        {
            ThreadNamespace.UnshareNetwork();
            LoopbackInterface.BringUp();
            using PacketSocket socket = PacketSocket.Open(Loopback);
            before = LoopbackInterface.PacketsSent();
            sent = socket.Send(s_frame);
            after = LoopbackInterface.PacketsSent();
        });

        (sent, before, after).Should().Be((Errno.None, "0", "1"));
    }

    [Fact]
    public void An_interface_that_does_not_exist_is_refused() =>
        FluentActions.Invoking(() => PacketSocket.Open(int.MaxValue)).Should().Throw<KernelException>().Which.Errno.Should().Be(Errno.ENODEV);

    [Fact]
    public void Every_interface_at_once_is_none() => FluentActions.Invoking(() => PacketSocket.Open(0)).Should().Throw<ArgumentOutOfRangeException>();

    [Fact]
    public void A_disposed_socket_sends_nothing()
    {
        PacketSocket socket = PacketSocket.Open(Loopback);

        socket.Dispose();

        FluentActions.Invoking(() => socket.Send(s_frame)).Should().Throw<ObjectDisposedException>();
    }
}
