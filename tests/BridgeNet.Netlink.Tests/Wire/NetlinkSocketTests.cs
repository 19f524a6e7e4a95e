using BridgeNet.Native;
using BridgeNet.Netlink.Route;
using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Tests;

public sealed class NetlinkSocketTests : IDisposable
{
    private readonly ScriptedKernel _kernel = new();

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void An_error_is_that_of_the_message_that_failed_not_of_the_last()
    {
        _kernel.Answer(first => [Datagram.Of(Datagram.Error(first + 1, Errno.EEXIST)), Datagram.Of(Datagram.Acknowledgement(first + 2))]);

        NetlinkException error = Refusal(socket => socket.Batch()
            .DeleteLink(LinkSelector.ByIndex(3)).CreateLink(Bridge("br1")).DeleteLink(LinkSelector.ByIndex(4)).Execute());

        error.Errno.Should().Be(Errno.EEXIST);
        error.Operation.Should().Be("create link br1");
        error.Message.Should().Be("create link br1: EEXIST (File exists)");
        _kernel.Receive(new byte[100], out _).Should().Be(Errno.EAGAIN, "all answers were taken");
    }

    [Fact]
    public void Of_several_errors_the_first_is_thrown()
    {
        _kernel.Answer(first => [Datagram.Of(Datagram.Error(first, Errno.ENODEV), Datagram.Error(first + 1, Errno.EEXIST))]);

        NetlinkException error = Refusal(socket => socket.Batch().DeleteLink(LinkSelector.ByIndex(3)).CreateLink(Bridge("br1")).Execute());

        error.Operation.Should().Be("delete link #3");
    }

    [Fact]
    public void Only_the_last_message_asks_to_be_acknowledged()
    {
        _kernel.Answer(first => [Datagram.Of(Datagram.Acknowledgement(first + 1))]);
        using RouteSocket socket = new(_kernel);

        socket.Batch().DeleteLink(LinkSelector.ByIndex(3)).DeleteLink(LinkSelector.ByIndex(4)).Execute();

        List<NetlinkFlags> flags = [];
        foreach (NetlinkMessage message in new NetlinkDatagram(_kernel.Sent.Should().ContainSingle().Which))
        {
            flags.Add(message.Flags);
        }
        flags.Should().Equal(NetlinkFlags.Request, NetlinkFlags.Request | NetlinkFlags.Acknowledge);
    }

    [Fact]
    public void The_kernels_own_words_and_the_place_of_the_fault_are_in_the_error()
    {
        _kernel.Answer(first => [Datagram.Of(Datagram.Error(first, Errno.EINVAL, "mtu less than device minimum", 32))]);

        NetlinkException error = Refusal(socket => socket.Batch().CreateLink(Bridge("br1")).Execute());

        error.KernelMessage.Should().Be("mtu less than device minimum");
        error.Offset.Should().Be(32);
        error.Message.Should().Be("create link br1: EINVAL (Invalid argument): mtu less than device minimum");
    }

    [Fact]
    public void The_kernels_words_are_found_behind_a_request_that_is_repeated_whole()
    {
        byte[] attributes = Datagram.Payload(writer => writer.WriteString(NlmsgErr.Message, "no"));
        byte[] request = Datagram.Message(16, 1, new byte[21]);
        _kernel.Answer(first => [Datagram.Of(Datagram.Message(
            NetlinkMessageType.Error, first, [.. BitConverter.GetBytes(-22), .. request, .. attributes], NetlinkFlags.AcknowledgementAttributes))]);

        Refusal(socket => socket.Batch().CreateLink(Bridge("br1")).Execute()).KernelMessage.Should().Be("no");
    }

    [Fact]
    public void Answers_to_an_earlier_exchange_are_passed_over()
    {
        _kernel.Answer(_ => [])
            .Answer(first => [Datagram.Of(Datagram.Error(first - 1, Errno.EPERM)), Datagram.Of(Datagram.Acknowledgement(first))]);
        using RouteSocket socket = new(_kernel);
        Action unanswered = () => socket.Batch().CreateLink(Bridge("br0")).Execute();
        unanswered.Should().Throw<NetlinkException>();

        Action execute = () => socket.Batch().CreateLink(Bridge("br1")).Execute();

        execute.Should().NotThrow();
    }

    [Fact]
    public void A_send_that_fails_names_what_was_asked()
    {
        using RouteSocket socket = new(new ScriptedKernel { SendFails = Errno.ENOBUFS });

        Action execute = () => socket.Batch().CreateLink(Bridge("br1")).Execute();

        execute.Should().Throw<NetlinkException>().Which.Operation.Should().Be("create link br1");
    }

    [Fact]
    public void A_send_that_is_too_long_says_what_would_allow_it()
    {
        using RouteSocket socket = new(new ScriptedKernel { SendFails = Errno.EMSGSIZE });

        Action execute = () => socket.Batch().CreateLink(Bridge("br1")).Execute();

        execute.Should().Throw<NetlinkException>().Which.Message.Should().Contain("raise net.core.wmem_max");
    }

    [Fact]
    public void Silence_is_an_error()
    {
        _kernel.Answer(_ => []);

        Refusal(socket => socket.Batch().CreateLink(Bridge("br1")).Execute()).Errno.Should().Be(Errno.EPROTO);
    }

    [Fact]
    public void A_lost_answer_is_told_from_silence()
    {
        _kernel.Answer(_ => [Datagram.Lost]);

        Refusal(socket => socket.Batch().CreateLink(Bridge("br1")).Execute()).Errno.Should().Be(Errno.ENOBUFS);
    }

    [Fact]
    public void A_loss_before_the_answer_does_not_matter()
    {
        _kernel.Answer(first => [Datagram.Lost, Datagram.Of(Datagram.Acknowledgement(first))]);
        using RouteSocket socket = new(_kernel);

        Action execute = () => socket.Batch().CreateLink(Bridge("br1")).Execute();

        execute.Should().NotThrow();
    }

    [Fact]
    public void A_query_gives_the_answer_to_the_last_message()
    {
        _kernel.Answer(first => [Datagram.Of(Link(first + 1, "br1"))]);
        using RouteSocket socket = new(_kernel);

        Link link = socket.Batch().CreateLink(Bridge("br1")).GetLink(LinkSelector.ByName(InterfaceName.Parse("br1")));

        link.Name.ToString().Should().Be("br1");
    }

    [Fact]
    public void A_query_fails_if_a_message_before_it_did()
    {
        _kernel.Answer(first => [Datagram.Of(Datagram.Error(first, Errno.EEXIST)), Datagram.Of(Link(first + 1, "br1"))]);

        Refusal(socket => socket.Batch().CreateLink(Bridge("br1")).GetLink(LinkSelector.ByName(InterfaceName.Parse("br1"))))
            .Operation.Should().Be("create link br1");
    }

    [Fact]
    public void An_answer_that_is_too_long_is_asked_for_again_with_room_for_it()
    {
        byte[] Oversize(uint sequence) => [.. Link(sequence, "br1", padding: 60_000, times: 2)];
        _kernel.Answer(first => [Datagram.Of(Oversize(first))]).Answer(first => [Datagram.Of(Oversize(first))]);
        using RouteSocket socket = new(_kernel);

        socket.GetLink(LinkSelector.ByIndex(2)).Name.ToString().Should().Be("br1");
        _kernel.Sent.Should().HaveCount(2);
    }

    [Fact]
    public void An_answer_that_is_too_long_is_not_asked_for_again_behind_a_change()
    {
        _kernel.Answer(first => [Datagram.Of(Link(first + 1, "br1", padding: 60_000, times: 2))]);
        using RouteSocket socket = new(_kernel);

        Action query = () => socket.Batch().CreateLink(Bridge("br1")).GetLink(LinkSelector.ByIndex(2));

        query.Should().Throw<NetlinkFormatException>().WithMessage("get link #2*");
        _kernel.Sent.Should().ContainSingle();
    }

    [Fact]
    public void A_long_request_asks_for_room_in_the_sockets_buffers()
    {
        _kernel.Answer(first => [Datagram.Of(Datagram.Acknowledgement(first + 4999))]);
        using RouteSocket socket = new(_kernel);
        RouteBatch batch = socket.Batch();
        for (int i = 0; i < 5000; i++)
        {
            batch.DeleteLink(LinkSelector.ByIndex(i + 1));
        }

        batch.Execute();

        _kernel.Reserved.Should().BeGreaterThanOrEqualTo(5000 * 32);
    }

    private static Link Bridge(string name) => new() { Name = InterfaceName.Parse(name), Kind = new BridgeKind() };

    private static byte[] Link(uint sequence, string name, int padding = 0, int times = 0) =>
        Datagram.Message(RtnetlinkType.NewLink, sequence, Datagram.Payload(writer =>
        {
            writer.WriteHeader(new Ifinfomsg { Index = 2 });
            for (int i = 0; i < times; i++)
            {
                writer.WriteBytes(999, new byte[padding]);
            }
            writer.WriteString(Ifla.InterfaceName, name);
        }));

    private NetlinkException Refusal(Action<RouteSocket> act)
    {
        using RouteSocket socket = new(_kernel);
        Action asked = () => act(socket);
        return asked.Should().Throw<NetlinkException>().Which;
    }
}
