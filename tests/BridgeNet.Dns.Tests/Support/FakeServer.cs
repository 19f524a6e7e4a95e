using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace BridgeNet.Dns.Tests;

/// <summary>A name server of somebody else's on the loopback, which answers as a test tells it.</summary>
internal sealed class FakeServer : IDisposable
{
    private readonly Socket _udp;
    private readonly Socket _tcp;
    private readonly Func<byte[], bool, byte[]?> _answer;
    private readonly ConcurrentQueue<IPEndPoint> _askers = new();
    private readonly ConcurrentQueue<byte[]> _questions = new();

    /// <summary>Listens at an address by UDP and TCP.</summary>
    /// <param name="address">127.0.0.2.</param>
    /// <param name="port">0 for one that is free.</param>
    /// <param name="answer">The answer to a message that came by TCP or not; null for silence.</param>
    public FakeServer(string address, int port, Func<byte[], bool, byte[]?> answer)
    {
        _answer = answer;
        Address = IPAddress.Parse(address);
        _udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        _udp.Bind(new IPEndPoint(Address, port));
        Port = ((IPEndPoint)_udp.LocalEndPoint!).Port;
        _tcp = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _tcp.Bind(new IPEndPoint(Address, Port));
        _tcp.Listen();
        _ = ServeUdpAsync();
        _ = ServeTcpAsync();
    }

    public IPAddress Address { get; }

    public int Port { get; }

    /// <summary>From where it was asked by UDP.</summary>
    public IReadOnlyCollection<IPEndPoint> Askers => _askers;

    /// <summary>What it was asked, by UDP or TCP.</summary>
    public IReadOnlyCollection<byte[]> Questions => _questions;

    /// <summary>The question with other flags and records of four bytes (A) behind it.</summary>
    public static byte[] Answer(byte[] question, ushort code = 0, params string[] addresses)
    {
        int end = 12;
        while (question[end] != 0)
        {
            end += question[end] + 1;
        }
        byte[] answer = [.. question.AsSpan(0, end + 5), .. addresses.SelectMany(
            address => (byte[])[0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, .. IPAddress.Parse(address).GetAddressBytes()])];
        answer[2] |= 0x80;
        answer[3] = (byte)(0x80 | code);
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(6), (ushort)addresses.Length);
        answer[10] = answer[11] = 0;
        return answer;
    }

    /// <summary>The answer with TC.</summary>
    public static byte[] Cut(byte[] question)
    {
        byte[] answer = Answer(question);
        answer[2] |= 2;
        return answer;
    }

    public void Dispose()
    {
        _udp.Dispose();
        _tcp.Dispose();
    }

    private async Task ServeUdpAsync()
    {
        byte[] buffer = new byte[4096];
        try
        {
            while (true)
            {
                SocketReceiveFromResult received = await _udp.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0));
                byte[] question = buffer[..received.ReceivedBytes];
                _askers.Enqueue((IPEndPoint)received.RemoteEndPoint);
                _questions.Enqueue(question);
                if (_answer(question, false) is { } answer)
                {
                    _ = await _udp.SendToAsync(answer, received.RemoteEndPoint);
                }
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // the test is over
        }
    }

    private async Task ServeTcpAsync()
    {
        try
        {
            while (true)
            {
                using Socket connection = await _tcp.AcceptAsync();
                using NetworkStream stream = new(connection);
                byte[] head = new byte[2];
                await stream.ReadExactlyAsync(head);
                byte[] question = new byte[BinaryPrimitives.ReadUInt16BigEndian(head)];
                await stream.ReadExactlyAsync(question);
                _questions.Enqueue(question);
                if (_answer(question, true) is { } answer)
                {
                    BinaryPrimitives.WriteUInt16BigEndian(head, (ushort)answer.Length);
                    await stream.WriteAsync((byte[])[.. head, .. answer]);
                }
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or IOException)
        {
            // the test is over
        }
    }
}
