using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace BridgeNet.Integration.Tests.Stories.Rules;

/// <summary>A TCP segment (RFC 9293, section 3.1) that came to a raw socket over IPv4.</summary>
internal sealed record TcpSegment(IPAddress Source, ushort SourcePort, ushort DestinationPort, uint Sequence, uint Acknowledgement, int Length)
{
    private const int HeaderLength = 20;
    private const byte AcknowledgeAndPush = 0x18;

    /// <summary>The next one to a port that carries data.</summary>
    public static async Task<TcpSegment> ReceiveAsync(Socket raw, int port, TimeSpan patience)
    {
        using CancellationTokenSource limit = new(patience);
        byte[] packet = new byte[65536];
        while (true)
        {
            int length = await raw.ReceiveAsync(packet, limit.Token);
            if (Read(packet.AsSpan(0, length)) is { Length: > 0 } segment && segment.DestinationPort == port)
            {
                return segment;
            }
        }
    }

    /// <summary>A segment back that acknowledges this one, and whose own number is so far ahead.</summary>
    public byte[] AnswerAhead(IPAddress own, uint ahead)
    {
        byte[] segment = new byte[HeaderLength + 1];
        BinaryPrimitives.WriteUInt16BigEndian(segment, DestinationPort);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), SourcePort);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(4), Acknowledgement + ahead);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(8), Sequence + (uint)Length);
        segment[12] = HeaderLength / 4 << 4;
        segment[13] = AcknowledgeAndPush;
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(14), 1000);
        segment[HeaderLength] = (byte)'!';
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(16), Checksum(own, segment));
        return segment;
    }

    private static TcpSegment Read(ReadOnlySpan<byte> packet)
    {
        int header = (packet[0] & 15) * 4;
        ReadOnlySpan<byte> tcp = packet[header..];
        return new TcpSegment(
            new IPAddress(packet[12..16]),
            BinaryPrimitives.ReadUInt16BigEndian(tcp),
            BinaryPrimitives.ReadUInt16BigEndian(tcp[2..]),
            BinaryPrimitives.ReadUInt32BigEndian(tcp[4..]),
            BinaryPrimitives.ReadUInt32BigEndian(tcp[8..]),
            tcp.Length - ((tcp[12] >> 4) * 4));
    }

    /// <summary>Over the pseudo header too.</summary>
    private ushort Checksum(IPAddress own, byte[] segment)
    {
        byte[] all = [.. own.GetAddressBytes(), .. Source.GetAddressBytes(), 0, (byte)ProtocolType.Tcp, 0, (byte)segment.Length, .. segment, 0];
        uint sum = 0;
        for (int i = 0; i + 1 < all.Length; i += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(all.AsSpan(i));
        }
        while (sum > ushort.MaxValue)
        {
            sum = (sum & ushort.MaxValue) + (sum >> 16);
        }
        return (ushort)~sum;
    }
}
