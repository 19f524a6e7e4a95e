using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BridgeNet.Native;

public sealed class DatagramBatchTests : IDisposable
{
    private readonly Socket _one = Bound(), _other = Bound();

    public void Dispose()
    {
        _one.Dispose();
        _other.Dispose();
    }

    [Fact]
    public void What_one_call_sends_another_receives_with_its_sender()
    {
        DatagramBatch sent = new(3, 16), received = new(8, 16);
        foreach (string text in (string[])["first", "", "sixteen bytes it"])
        {
            Add(sent, text, _other);
        }

        sent.Send(_one.SafeHandle).Should().Be(3);
        sent.Count.Should().Be(0, "they are given away");
        received.Receive(_other.SafeHandle, isWaiting: true).Should().Be(Errno.None);

        Contents(received).Should().Equal("first", "", "sixteen bytes it");
        for (int i = 0; i < received.Count; i++)
        {
            received.Address(i).ToArray().Should().Equal(Address(_one));
        }
    }

    [Fact]
    public void A_batch_is_used_again_and_again_with_its_whole_room()
    {
        DatagramBatch batch = new(2, 600);
        for (int i = 0; i < 20; i++)
        {
            string text = new((char)('a' + i), (i * 53 % 600) + 1);
            Add(batch, text, _other);
            Add(batch, "short", _other);
            batch.Send(_one.SafeHandle).Should().Be(2);

            batch.Receive(_other.SafeHandle, isWaiting: true).Should().Be(Errno.None);

            Contents(batch).Should().Equal(text, "short");
            batch.Receive(_other.SafeHandle, isWaiting: false);
        }
    }

    [Fact]
    public void Nothing_there_is_EAGAIN_and_no_datagram()
    {
        DatagramBatch batch = new(2, 16);
        Add(batch, "mine", _other);

        batch.Receive(_one.SafeHandle, isWaiting: false).Should().Be(Errno.EAGAIN);

        batch.Count.Should().Be(0);
    }

    [Fact]
    public void A_datagram_that_the_kernel_refuses_holds_up_no_other()
    {
        DatagramBatch sent = new(4, 16), received = new(4, 16);
        byte[] nowhere = [.. new IPEndPoint(IPAddress.IPv6Loopback, 9).Serialize().Buffer.Span]; // another family than the socket's
        Add(sent, "before", _other);
        Add(sent, "refused", nowhere);
        Add(sent, "refused too", nowhere);
        Add(sent, "after", _other);

        sent.Send(_one.SafeHandle).Should().Be(2);
        received.Receive(_other.SafeHandle, isWaiting: true);

        Contents(received).Should().Equal("before", "after");
    }

    [Fact]
    public void What_does_not_fit_its_room_is_cut()
    {
        DatagramBatch batch = new(2, 4);
        _one.SendTo("longer"u8, _other.LocalEndPoint!);

        batch.Receive(_other.SafeHandle, isWaiting: true);

        Contents(batch).Should().Equal("long");
    }

    [Fact]
    public async Task A_socket_that_is_shut_down_ends_the_wait()
    {
        DatagramBatch batch = new(2, 16);
        Task<Errno> waiting = Task.Factory.StartNew(
            () => batch.Receive(_one.SafeHandle, isWaiting: true), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        _one.Invoking(socket => socket.Shutdown(SocketShutdown.Both)).Should().Throw<SocketException>("it is not connected");

        (await waiting.WaitAsync(TimeSpan.FromSeconds(30))).Should().Be(Errno.None);
        Contents(batch).Should().OnlyContain(content => content.Length == 0);
        batch.Address(0).IsEmpty.Should().BeTrue("no datagram is without a sender");
    }

    [Fact]
    public void A_full_batch_takes_no_more_and_no_place_is_read_that_holds_nothing()
    {
        DatagramBatch batch = new(1, 4);
        byte[] to = Address(_other);

        batch.Invoking(full => full.Add(-1, to)).Should().Throw<ArgumentOutOfRangeException>();
        batch.Invoking(full => full.Add(5, to)).Should().Throw<ArgumentOutOfRangeException>();
        batch.Invoking(full => full.Add(1, new byte[DatagramBatch.MostAddressBytes + 1])).Should().Throw<ArgumentOutOfRangeException>();
        batch.Invoking(empty => empty.Content(0).Length).Should().Throw<ArgumentOutOfRangeException>();
        batch.Add(4, to);
        batch.Invoking(full => full.Add(1, to)).Should().Throw<InvalidOperationException>();
        batch.Invoking(full => full.NextRoom.Length).Should().Throw<InvalidOperationException>();
        batch.Invoking(full => full.Address(1).Length).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static Socket Bound()
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private static byte[] Address(Socket socket) => socket.LocalEndPoint!.Serialize() is { } address ? [.. address.Buffer.Span[..address.Size]] : [];

    private static void Add(DatagramBatch batch, string text, Socket to) => Add(batch, text, Address(to));

    private static void Add(DatagramBatch batch, string text, byte[] to) => batch.Add(Encoding.ASCII.GetBytes(text, batch.NextRoom), to);

    private static List<string> Contents(DatagramBatch batch) =>
        [.. Enumerable.Range(0, batch.Count).Select(i => Encoding.ASCII.GetString(batch.Content(i)))];
}
