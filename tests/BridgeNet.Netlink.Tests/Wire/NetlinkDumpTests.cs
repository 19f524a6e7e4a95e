using BridgeNet.Native;
using BridgeNet.Netlink.Route;
using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Tests;

public sealed class NetlinkDumpTests : IDisposable
{
    private readonly ScriptedKernel _kernel = new();

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void A_dump_gives_what_all_datagrams_hold()
    {
        _kernel.Answer(first => [
            Datagram.Of(Link(first, "a"), Link(first, "b")),
            Datagram.Of(Link(first, "c")),
            Datagram.Of(Datagram.Done(first))]);

        Names().Should().Equal("a", "b", "c");
    }

    [Fact]
    public void A_dump_that_was_interrupted_is_begun_again()
    {
        _kernel.Answer(first => [Datagram.Of(Link(first, "a"), Link(first, "b", NetlinkFlags.DumpInterrupted)), Datagram.Of(Datagram.Done(first))])
            .Answer(first => [Datagram.Of(Link(first, "a"), Link(first, "c"), Datagram.Done(first))]);

        Names().Should().Equal("a", "c");
    }

    [Fact]
    public void An_interruption_that_only_the_end_tells_counts()
    {
        _kernel.Answer(first => [Datagram.Of(Link(first, "a"), Datagram.Done(first, flags: NetlinkFlags.DumpInterrupted))])
            .Answer(first => [Datagram.Of(Link(first, "b"), Datagram.Done(first))]);

        Names().Should().Equal("b");
    }

    [Fact]
    public void A_dump_that_is_interrupted_again_and_again_is_given_up()
    {
        for (int i = 0; i < 100; i++)
        {
            _kernel.Answer(first => [Datagram.Of(Datagram.Done(first, flags: NetlinkFlags.DumpInterrupted))]);
        }

        Action list = () => Names();

        list.Should().Throw<NetlinkException>().Which.Errno.Should().Be(Errno.EINTR);
        _kernel.Sent.Should().HaveCount(NetlinkSocket.DumpAttempts);
    }

    [Fact]
    public void A_datagram_that_was_cut_off_is_asked_for_again_with_room_for_it()
    {
        byte[][] Many(uint sequence) => [.. Enumerable.Range(0, 3000).Select(i => Link(sequence, $"l{i}"))];
        _kernel.Answer(first => [Datagram.Of(Many(first)), Datagram.Of(Datagram.Done(first))])
            .Answer(first => [Datagram.Of(Many(first)), Datagram.Of(Datagram.Done(first))]);

        Names().Should().HaveCount(3000).And.OnlyHaveUniqueItems();
        _kernel.Sent.Should().HaveCount(2);
    }

    [Fact]
    public void The_error_that_ends_a_dump_is_thrown()
    {
        _kernel.Answer(first => [Datagram.Of(Link(first, "a")), Datagram.Of(Datagram.Done(first, Errno.EPERM))]);

        Action list = () => Names();

        list.Should().Throw<NetlinkException>().Which.Message.Should().StartWith("list links: EPERM");
    }

    [Fact]
    public void A_dump_without_an_end_is_an_error()
    {
        _kernel.Answer(first => [Datagram.Of(Link(first, "a"))]);

        Action list = () => Names();

        list.Should().Throw<NetlinkException>().Which.Errno.Should().Be(Errno.EPROTO);
    }

    [Fact]
    public void A_dump_with_a_loss_is_an_error()
    {
        _kernel.Answer(first => [Datagram.Of(Link(first, "a")), Datagram.Lost]);

        Action list = () => Names();

        list.Should().Throw<NetlinkException>().Which.Errno.Should().Be(Errno.ENOBUFS);
    }

    [Fact]
    public void A_dump_that_cannot_be_read_is_read_to_its_end_so_that_the_socket_is_free()
    {
        _kernel.Answer(first => [
                Datagram.Of(Datagram.Message(RtnetlinkType.NewLink, first, [1, 2, 3, 4])),
                Datagram.Of(Link(first, "a")),
                Datagram.Of(Datagram.Done(first))])
            .Answer(first => [Datagram.Of(Link(first, "b"), Datagram.Done(first))]);
        using RouteSocket socket = new(_kernel);
        Action list = () => socket.ListLinks();

        list.Should().Throw<NetlinkFormatException>();
        _kernel.Receive(new byte[100], out _).Should().Be(Errno.EAGAIN);
        socket.ListLinks().Should().ContainSingle();
    }

    private static byte[] Link(uint sequence, string name, NetlinkFlags flags = NetlinkFlags.Multi) =>
        Datagram.Message(
            RtnetlinkType.NewLink,
            sequence,
            Datagram.Payload(writer =>
            {
                writer.WriteHeader(default(Ifinfomsg));
                writer.WriteString(Ifla.InterfaceName, name);
            }),
            flags);

    private List<string> Names()
    {
        using RouteSocket socket = new(_kernel);
        return [.. socket.ListLinks().Select(link => link.Name.ToString())];
    }
}
