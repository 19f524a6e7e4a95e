using BridgeNet.Netlink.Route;
using BridgeNet.Netlink.Wire;
using CsCheck;

namespace BridgeNet.Netlink.Tests;

/// <summary>Whatever the bytes, a decoder reads them or refuses them; nothing else comes out, and nothing is read beyond them.</summary>
public sealed class RouteDecoderTests
{
    public static TheoryData<string> Decoders => ["link", "address", "route", "neighbour", "qdisc", "filter", "description"];

    [Theory]
    [MemberData(nameof(Decoders))]
    public void Any_bytes_are_read_or_refused(string decoder) =>
        Gen.Byte.Array[0, 256].Sample(payload => ReadOrRefuse(decoder, payload));

    /// <summary>Random bytes seldom pass the first attribute: these are well formed outside and anything inside.</summary>
    [Theory]
    [MemberData(nameof(Decoders))]
    public void Any_attributes_are_read_or_refused(string decoder) =>
        Gen.Select(Gen.Byte.Array[20], Gen.Select(Gen.UShort[0, 40], Gen.Byte.Array[0, 40]).Array[0, 6]).Sample((header, attributes) =>
        {
            NetlinkWriter writer = new();
            foreach ((ushort type, byte[] value) in attributes)
            {
                writer.WriteBytes(type, value);
            }
            foreach (byte family in new byte[] { 2, 7, 10, header[0] })
            {
                header[0] = family;
                foreach (int length in new[] { 8, 12, 16, 20 })
                {
                    ReadOrRefuse(decoder, [.. header[..length], .. writer.Written]);
                }
            }
        });

    [Fact]
    public void A_link_with_wrong_bytes_is_read_or_refused() =>
        IsReadOrRefusedWithFaults("link", RouteGens.Link.Select(link => Datagram.Payload(link.WriteCreation)));

    [Fact]
    public void A_queueing_discipline_with_wrong_bytes_is_read_or_refused() =>
        IsReadOrRefusedWithFaults("qdisc", TrafficControlGens.Qdisc.Select(qdisc => Datagram.Payload(writer => qdisc.Write(writer))));

    [Fact]
    public void A_filter_with_wrong_bytes_is_read_or_refused() =>
        IsReadOrRefusedWithFaults("filter", TrafficControlGens.Filter.Select(filter => Datagram.Payload(writer => filter.Write(writer))));

    /// <summary>Messages that were right, but for some bytes.</summary>
    private static void IsReadOrRefusedWithFaults(string decoder, Gen<byte[]> payloads) =>
        Gen.Select(payloads, Gen.Select(Gen.Int[0, 10_000], Gen.Byte).Array[1, 5]).Sample((payload, faults) =>
        {
            foreach ((int place, byte value) in faults)
            {
                payload[place % payload.Length] = value;
            }
            ReadOrRefuse(decoder, payload);
        });

    private static void ReadOrRefuse(string decoder, byte[] payload)
    {
        ushort[] types = decoder is "description" ? [16, 17, 18, 20, 21, 22, 24, 25, 26, 28, 29, 30, 36, 37, 38, 44, 45, 46] : [16];
        foreach (ushort type in types)
        {
            NetlinkMessage message = new(Datagram.Message(type, 1, payload).AsSpan(0, 16 + payload.Length));
            try
            {
                object read = decoder switch
                {
                    "link" => new Link(message),
                    "address" => new LinkAddress(message),
                    "route" => new IPRoute(message),
                    "neighbour" => new Neighbour(message),
                    "qdisc" => new Qdisc(message),
                    "filter" => new TrafficFilter(message),
                    _ => RequestDescription.Of(message),
                };
                read.ToString().Should().NotBeNull();
            }
            catch (NetlinkFormatException error)
            {
                error.Message.Should().NotBeEmpty();
            }
        }
    }
}
