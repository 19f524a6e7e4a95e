using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

using BridgeNet.TestKit;

using static BridgeNet.Integration.Tests.Dns.Conformance.MessageBytes;

namespace BridgeNet.Integration.Tests.Dns.Conformance;

/// <summary>
/// A server of the world, at one address. The first label says what it does: silent, fail, gone, big; it knows every other name. At the first of two
/// addresses failfirst and refusefirst fail.
/// </summary>
internal sealed class Upstream : IDisposable
{
    private const int Life = 300;
    private const int HeaderSize = 12;

    private readonly bool _isFirst;
    private readonly Socket _udp;
    private readonly Socket _tcp;

    public Upstream(Netns place, string address, bool isFirst)
    {
        _isFirst = isFirst;
        IPEndPoint end = new(IPAddress.Parse(address), 53);
        _udp = place.OpenSocket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        _udp.Bind(end);
        _tcp = place.OpenSocket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _tcp.Bind(end);
        _tcp.Listen();
        _ = ServeUdpAsync();
        _ = ServeTcpAsync();
    }

    public void Dispose()
    {
        _udp.Dispose();
        _tcp.Dispose();
    }

    private async Task ServeUdpAsync()
    {
        byte[] buffer = new byte[4096];
        while (true)
        {
            try
            {
                SocketReceiveFromResult received = await _udp.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0));
                if (Answer(buffer[..received.ReceivedBytes], isTcp: false) is { } answer)
                {
                    _ = await _udp.SendToAsync(answer, received.RemoteEndPoint);
                }
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException) when (_udp.SafeHandle.IsClosed)
            {
                return;
            }
        }
    }

    private async Task ServeTcpAsync()
    {
        try
        {
            while (true)
            {
                _ = TalkAsync(await _tcp.AcceptAsync());
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // the test is over
        }
    }

    private async Task TalkAsync(Socket connection)
    {
        try
        {
            using NetworkStream stream = new(connection, ownsSocket: true);
            byte[] head = new byte[2];
            while (true)
            {
                await stream.ReadExactlyAsync(head);
                byte[] question = new byte[BinaryPrimitives.ReadUInt16BigEndian(head)];
                await stream.ReadExactlyAsync(question);
                if (Answer(question, isTcp: true) is { } answer)
                {
                    await stream.WriteAsync((byte[])[.. Word(answer.Length), .. answer]);
                }
            }
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException)
        {
            // whoever asked has gone
        }
    }

    private byte[]? Answer(byte[] question, bool isTcp)
    {
        if (question.Length == HeaderSize)
        {
            return [.. question.AsSpan(0, 2), 0x81, 0x81, .. new byte[8]]; // FORMERR: there is no question
        }
        int end = HeaderSize;
        while (question[end] != 0)
        {
            end += question[end] + 1;
        }
        end += 5;
        int type = BinaryPrimitives.ReadUInt16BigEndian(question.AsSpan(end - 4));
        string first = Encoding.ASCII.GetString(question, HeaderSize + 1, question[HeaderSize]).ToLowerInvariant();
        int code = first switch
        {
            "gone" => 3,
            "fail" => 2,
            "failfirst" when _isFirst => 2,
            "refusefirst" when _isFirst => 5,
            _ => 0,
        };
        if (first is "silent")
        {
            return null;
        }
        bool hasEdns = question[11] > 0;
        int room = isTcp ? ushort.MaxValue : hasEdns ? BinaryPrimitives.ReadUInt16BigEndian(question.AsSpan(end + 3)) : 512;
        byte[][] records = code == 0 ? [.. RecordsOf(type, first is "big" ? 60 : 1)] : [];
        byte[] edns = hasEdns ? Edns(1232, isDnssecWanted: (question[end + 7] & 0x80) != 0) : [];
        bool isCut = end + edns.Length + records.Sum(record => record.Length) > room;
        int flags = 0x8080 | (question[2] << 8 & 0x7900) | (question[3] & 0x10) | (isCut ? 0x200 : 0) | code;
        records = isCut ? [] : records;
        return
        [
            .. question.AsSpan(0, 2), .. Word(flags), 0, 1, .. Word(records.Length), 0, 0, 0, question[11],
            .. question.AsSpan(HeaderSize, end - HeaderSize), .. records.SelectMany(record => record), .. edns,
        ];
    }

    private static IEnumerable<byte[]> RecordsOf(int type, int count)
    {
        byte[]? data = type switch
        {
            A or Any => [203, 0, 113, 7],
            Aaaa => IPAddress.Parse("2001:db8::7").GetAddressBytes(),
            Ptr or NS => Name("host.example"),
            MX => [0, 10, .. Name("host.example")],
            Txt => [8, .. "upstream"u8],
            _ => null,
        };
        int answered = type == Any ? A : type;
        for (int i = 0; i < count && data is not null; i++)
        {
            byte[] one = count == 1 ? data : [.. data[..^1], (byte)(i + 1)];
            yield return [0xc0, HeaderSize, .. Word(answered), 0, 1, 0, 0, .. Word(Life), .. Word(one.Length), .. one];
        }
    }
}
