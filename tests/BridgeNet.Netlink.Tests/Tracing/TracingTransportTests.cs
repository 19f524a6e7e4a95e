using System.Text;

using BridgeNet.Native;
using BridgeNet.Netlink.Route;
using BridgeNet.Netlink.Tracing;

namespace BridgeNet.Netlink.Tests.Tracing;

/// <summary>What the trace writes while a socket is used.</summary>
public sealed class TracingTransportTests
{
    [Fact]
    public void A_request_and_its_answer_are_written_in_order()
    {
        using ScriptedKernel kernel = new ScriptedKernel().Answer(sequence => [Datagram.Of(Datagram.Error(sequence, Errno.ENODEV))]);

        string trace = TraceOf(kernel, socket => ((Action)(() => socket.GetLink(LinkSelector.ByIndex(9)))).Should().Throw<NetlinkException>());

        trace.Split('\n')[0].Should().StartWith("route 1 -> RTM_GETLINK REQUEST seq=1 len=");
        trace.Should().EndWith("route 1 <- NLMSG_ERROR CAPPED seq=1 len=36 ENODEV (No such device)\n");
    }

    [Fact]
    public void A_lost_answer_is_written()
    {
        using ScriptedKernel kernel = new ScriptedKernel().Answer(_ => [Datagram.Lost]);

        string trace = TraceOf(kernel, socket => ((Action)(() => socket.GetLink(LinkSelector.ByIndex(9)))).Should().Throw<NetlinkException>());

        trace.Should().Contain("route 1 <- ENOBUFS (");
    }

    [Fact]
    public void A_send_that_fails_is_written()
    {
        using ScriptedKernel kernel = new() { SendFails = Errno.EPERM };

        string trace = TraceOf(kernel, socket => ((Action)(() => socket.GetLink(LinkSelector.ByIndex(9)))).Should().Throw<NetlinkException>());

        trace.Should().EndWith("route 1 -> not sent: EPERM (Operation not permitted)\n");
    }

    [Fact]
    public void An_answer_that_does_not_fit_is_told_and_shown_when_it_is_asked_for_again()
    {
        byte[] buffer = new byte[8];
        using ScriptedKernel kernel = new ScriptedKernel().Answer(sequence => [Datagram.Of(Datagram.Acknowledgement(sequence))]);
        using MemoryStream output = new();
        using TracingTransport transport = new(kernel, new NetlinkTrace(NetlinkProtocol.Netfilter, 2, output));
        transport.Send(Datagram.Message(16, 1, [0, 0, 0, 0]));

        transport.Receive(buffer, out int length).Should().Be(Errno.None);

        length.Should().Be(36);
        Encoding.UTF8.GetString(output.ToArray()).Should().EndWith("netfilter 2 <- 36 bytes do not fit into a buffer of 8\n");
    }

    [Fact]
    public void A_closed_output_does_not_break_the_socket()
    {
        using ScriptedKernel kernel = new();
        using TracingTransport transport = new(kernel, new NetlinkTrace(NetlinkProtocol.Route, 1, new ClosedStream()));

        transport.Send(Datagram.Message(16, 1, [])).Should().Be(Errno.None);

        kernel.Sent.Should().ContainSingle();
    }

    [Fact]
    public void Nothing_is_traced_unless_the_variable_asks_for_it()
    {
        using ScriptedKernel kernel = new();

        NetlinkTrace.Watch(kernel, NetlinkProtocol.Route).Should().BeSameAs(kernel);
        NetlinkTrace.Begin(NetlinkProtocol.Route).Should().BeNull();
    }

    private static string TraceOf(ScriptedKernel kernel, Action<RouteSocket> act)
    {
        using MemoryStream output = new();
        using (RouteSocket socket = new(new TracingTransport(kernel, new NetlinkTrace(NetlinkProtocol.Route, 1, output))))
        {
            act(socket);
        }
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private sealed class ClosedStream : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new KernelException(Errno.EBADF, "write");
    }
}
