using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

using BridgeNet.Dns.Names;
using BridgeNet.Dns.Serving;
using BridgeNet.Dns.Wire;
using BridgeNet.TestKit;

namespace BridgeNet.Dns.Tests.Serving;

/// <summary>A server on addresses of the loopback, each test on addresses of its own.</summary>
public sealed class NameServerTests : IDisposable
{
    private static int s_last;

    private readonly string _subnet = $"127.77.{Interlocked.Increment(ref s_last)}";
    private readonly Scratch _scratch = new();
    private readonly FakeServer _upstream = new("127.0.0.2", 0, static (question, _) => question[13] switch
    {
        (byte)'s' => null, // silent
        (byte)'r' => FakeServer.Answer(question, ResponseCode.Refused),
        (byte)'b' => FakeServer.Answer(question, 0, [.. Enumerable.Range(1, 200).Select(i => $"198.51.100.{i}")]), // big
        _ => FakeServer.Answer(question, 0, "198.51.100.7"),
    });

    private readonly NameServer _server;
    private readonly List<string> _log = [];
    private readonly int _port = FreePort();
    private int _collections;

    public NameServerTests()
    {
        Write("n1", $"{_subnet}.1\nc1 127.0.0.1  web\n");
        File.WriteAllText(_scratch.At("resolv.conf"), "nameserver 127.0.0.2\n");
        _server = new NameServer(new NameDirectory(_scratch.At("names"), _log.Add), new NameServerOptions
        {
            Port = _port,
            Log = _log.Add,
            ResolverPath = _scratch.At("resolv.conf"),
            UpstreamPort = _upstream.Port,
            Patience = TimeSpan.FromSeconds(1),
            CollectGarbage = () => _collections++,
        });
    }

    [Fact]
    public void Names_are_answered_by_UDP_and_TCP()
    {
        _server.Start().Should().Be(1);

        AskUdp(Questions.Of("web")).Data.Should().Equal("127.0.0.1");
        AskTcp(Questions.Of("web")).Single().Data.Should().Equal("127.0.0.1");
        _server.Counters.Questions.Should().Be(2);
    }

    [Fact]
    public void The_rest_is_forwarded_and_comes_back_with_its_id()
    {
        _ = _server.Start();

        Reply udp = AskUdp(Questions.Of("example.org", id: 77));

        (udp.Header.Id, udp.Data[0]).Should().Be(((ushort)77, "198.51.100.7"));
        AskTcp(Questions.Of("example.org")).Single().Data.Should().Equal("198.51.100.7");
        _server.Counters.Forwarded.Should().Be(2);
    }

    [Fact]
    public void A_silent_server_is_SERVFAIL_not_silence()
    {
        _ = _server.Start();

        AskUdp(Questions.Of("silent.example.org")).Code.Should().Be(ResponseCode.ServerFailure);

        _server.Counters.Unanswered.Should().Be(1);
    }

    [Fact]
    public void No_server_at_all_is_SERVFAIL()
    {
        File.Delete(_scratch.At("resolv.conf"));
        _ = _server.Start();

        AskUdp(Questions.Of("example.org")).Code.Should().Be(ResponseCode.ServerFailure);
    }

    [Fact]
    public void The_server_never_asks_itself()
    {
        File.WriteAllText(_scratch.At("resolv.conf"), $"nameserver {_subnet}.1\n");
        _ = _server.Start();

        AskUdp(Questions.Of("example.org")).Code.Should().Be(ResponseCode.ServerFailure);

        _server.Counters.Questions.Should().Be(1);
    }

    [Fact]
    public void A_long_answer_is_cut_for_UDP_and_whole_by_TCP()
    {
        _ = _server.Start();

        Reply udp = AskUdp(Questions.Of("big.example.org"));

        udp.Has(HeaderFlags.Truncated).Should().BeTrue();
        udp.Bytes.Length.Should().BeLessThanOrEqualTo(512);
        AskTcp(Questions.Of("big.example.org")).Single().Data.Should().HaveCount(200);
    }

    [Fact]
    public void A_slow_question_does_not_hold_up_those_behind_it_on_a_connection()
    {
        _ = _server.Start();

        Reply[] replies = AskTcp(
            Questions.Of("silent.example.org", id: 1), Questions.Of("web", id: 2), Questions.Of("example.org", id: 3), Questions.Of("nope", id: 4));

        replies.Select(reply => (int)reply.Header.Id).Should().BeEquivalentTo([1, 2, 3, 4]);
        replies[^1].Header.Id.Should().Be(1);
    }

    [Fact]
    public void A_question_in_pieces_is_answered()
    {
        _ = _server.Start();
        using Socket socket = Connect();
        byte[] question = Questions.Of("web");

        foreach (byte piece in (byte[])[0, (byte)question.Length, .. question])
        {
            _ = socket.Send([piece]);
        }

        Receive(socket).Data.Should().Equal("127.0.0.1");
    }

    [Fact]
    public void A_reload_listens_at_new_addresses_and_no_longer_at_old_ones_and_drops_no_other()
    {
        _ = _server.Start();
        using Socket open = Connect();
        Write("n2", $"{_subnet}.2\nc2 127.0.0.9  db\n");

        _server.Reload().Should().Be(2);

        Ask(open, Questions.Of("web")).Data.Should().Equal("127.0.0.1"); // the connection of before
        AskUdp(Questions.Of("web"), $"{_subnet}.2").Data.Should().Equal("127.0.0.1");

        File.Delete(_scratch.At("names/n1"));
        _server.Reload().Should().Be(1);

        using (Socket gone = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp))
        {
            gone.Bind(new IPEndPoint(IPAddress.Parse($"{_subnet}.1"), _port)); // the address is free
        }
        AskUdp(Questions.Of("db"), $"{_subnet}.2").Data.Should().Equal("127.0.0.9");
        _log.Should().BeEmpty();
    }

    [Fact]
    public void A_name_is_answered_from_the_moment_in_which_it_is_written()
    {
        _ = _server.Start();
        for (int i = 0; i < 100; i++)
        {
            AskUdp(Questions.Of($"new{i}")).Code.Should().Be(ResponseCode.NonexistentDomain);
            File.AppendAllText(_scratch.At("names/n1"), $"x{i} 127.0.0.9  new{i}\n");

            AskUdp(Questions.Of($"new{i}")).Data.Should().Equal("127.0.0.9");
        }
    }

    [Fact]
    public async Task A_reload_at_the_same_moment_takes_no_name_away()
    {
        _ = _server.Start();
        for (int i = 0; i < 300; i++)
        {
            File.AppendAllText(_scratch.At("names/n1"), $"x{i} 127.0.0.9  new{i}\n");
            Task reload = Task.Factory.StartNew(_server.Reload, TaskCreationOptions.LongRunning);

            AskUdp(Questions.Of($"new{i}")).Data.Should().Equal("127.0.0.9");
            await reload;
        }
    }

    [Fact]
    public void A_half_written_file_changes_nothing_until_the_reload()
    {
        _ = _server.Start();
        File.AppendAllText(_scratch.At("names/n1"), "x1 127.0");

        AskUdp(Questions.Of("nope")).Code.Should().Be(ResponseCode.NonexistentDomain);

        AskUdp(Questions.Of("web")).Data.Should().Equal("127.0.0.1");
    }

    [Fact]
    public void An_address_that_is_taken_fails_the_start_in_one_line()
    {
        using Socket taken = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        taken.Bind(new IPEndPoint(IPAddress.Parse($"{_subnet}.1"), _port));

        Action start = () => _server.Start();

        start.Should().Throw<IOException>().WithMessage($"cannot listen on {_subnet}.1:{_port} (udp): Address already in use: *");
    }

    [Fact]
    public void An_address_that_is_taken_is_logged_once_by_a_reload_and_had_by_a_later_one()
    {
        _ = _server.Start();
        using (Socket taken = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp))
        {
            taken.Bind(new IPEndPoint(IPAddress.Parse($"{_subnet}.2"), _port));
            Write("n2", $"{_subnet}.2\nc2 127.0.0.9  db\n");
            _ = _server.Reload();
            _ = _server.Reload();
            _server.Failures.Should().ContainSingle().Which.Should().StartWith($"cannot listen on {_subnet}.2:{_port} (udp)");
        }
        _log.Should().ContainSingle().Which.Should().StartWith($"cannot listen on {_subnet}.2:{_port} (udp)");
        AskUdp(Questions.Of("web")).Data.Should().Equal("127.0.0.1");

        _ = _server.Reload();

        AskUdp(Questions.Of("web"), $"{_subnet}.2").Data.Should().Equal("127.0.0.1");
        _server.Failures.Should().BeEmpty();
    }

    [Fact]
    public void The_status_counts_what_became_of_questions()
    {
        _ = _server.Start();
        using StatusSocket socket = new(_scratch.At("names"), () => _server.Status);
        _ = AskUdp(Questions.Of("web"));
        _ = AskUdp(Questions.Of("nope"));
        _ = AskUdp(Questions.Of("web", @class: 3));
        _ = AskTcp(Questions.Of("example.org"));

        NameServerStatus status = StatusSocket.Ask(_scratch.At("names"));

        status.Listeners.Should().Equal($"{_subnet}.1:{_port}");
        (status with { Listeners = [], UpstreamMicroseconds = 0 }).Should().BeEquivalentTo(
            new NameServerStatus(Environment.ProcessId, 1, 1, [], [], 4, 1, 1, 1, 1, 0, 0));
        status.UpstreamMicroseconds.Should().BePositive();
        File.GetUnixFileMode(_scratch.At("names.status")).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void The_status_of_a_server_that_is_not_there_is_one_line()
    {
        Action ask = () => StatusSocket.Ask(_scratch.At("names"));

        ask.Should().Throw<IOException>().WithMessage("no name server of * answers at *names.status: *");
    }

    [Fact]
    public void Reloads_give_their_memory_back()
    {
        Write("n1", $"{_subnet}.1\n{string.Concat(Enumerable.Range(0, 1000).Select(i => $"c{i} 127.0.{i / 250}.{i % 250}  name{i}\n"))}");
        _ = _server.Start();
        for (int i = 0; i < 10; i++) // each makes about a megabyte
        {
            _ = _server.Reload();
        }

        _collections.Should().BePositive();
    }

    [Fact]
    public void Garbage_does_not_end_it()
    {
        _ = _server.Start();
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        for (int i = 0; i < 100; i++)
        {
            _ = socket.SendTo(new byte[i * 13 % 50], new IPEndPoint(IPAddress.Parse($"{_subnet}.1"), _port));
        }

        AskUdp(Questions.Of("web")).Data.Should().Equal("127.0.0.1");
    }

    public void Dispose()
    {
        _server.Dispose();
        _upstream.Dispose();
        _scratch.Dispose();
    }

    private static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static Reply Ask(Socket socket, byte[] question)
    {
        _ = socket.Send((byte[])[(byte)(question.Length >> 8), (byte)question.Length, .. question]);
        return Receive(socket);
    }

    private static Reply Receive(Socket socket)
    {
        using NetworkStream stream = new(socket);
        byte[] head = new byte[2];
        stream.ReadExactly(head);
        byte[] answer = new byte[BinaryPrimitives.ReadUInt16BigEndian(head)];
        stream.ReadExactly(answer);
        return new Reply(answer);
    }

    private void Write(string network, string text)
    {
        _ = Directory.CreateDirectory(_scratch.At("names"));
        File.WriteAllText(_scratch.At($"names/{network}"), text);
    }

    private Reply AskUdp(byte[] question, string? gateway = null)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 20_000 };
        socket.Connect(IPAddress.Parse(gateway ?? $"{_subnet}.1"), _port);
        _ = socket.Send(question);
        byte[] answer = new byte[4096];
        return new Reply(answer.AsSpan(0, socket.Receive(answer)));
    }

    private Socket Connect()
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 20_000 };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Connect(IPAddress.Parse($"{_subnet}.1"), _port);
        return socket;
    }

    private Reply[] AskTcp(params byte[][] questions)
    {
        using Socket socket = Connect();
        _ = socket.Send([.. questions.SelectMany(question => (byte[])[(byte)(question.Length >> 8), (byte)question.Length, .. question])]);
        return [.. questions.Select(_ => Receive(socket))];
    }
}
