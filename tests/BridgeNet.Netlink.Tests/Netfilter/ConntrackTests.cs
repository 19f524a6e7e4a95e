using System.Net;
using System.Net.Sockets;
using BridgeNet.Netlink.Netfilter;
using BridgeNet.Netlink.Wire;
using CsCheck;

namespace BridgeNet.Netlink.Tests.Netfilter;

public class ConntrackTests
{
    private static readonly ConntrackTuple s_web = new()
    {
        Source = IPAddress.Parse("198.51.100.7"),
        Destination = IPAddress.Parse("192.0.2.1"),
        Protocol = ProtocolType.Tcp,
        SourcePort = 40000,
        DestinationPort = 8080,
    };

    private static readonly ConntrackTuple s_dns = new()
    {
        Source = IPAddress.Parse("fd00::7"),
        Destination = IPAddress.Parse("fd00::1"),
        Protocol = ProtocolType.Udp,
        SourcePort = 40001,
        DestinationPort = 53,
    };

    private static readonly Gen<ConntrackTuple> s_tuples = Gen.Select(
        Gen.OneOf(Gen.Byte.Array[4], Gen.Byte.Array[16]), Gen.Byte, Gen.UShort, Gen.UShort,
        (address, protocol, source, destination) => new ConntrackTuple
        {
            Source = new IPAddress(address),
            Destination = new IPAddress([.. address.Reverse()]),
            Protocol = (ProtocolType)protocol,
            SourcePort = source,
            DestinationPort = destination,
        });

    private static readonly Gen<ConntrackEntry> s_entries = Gen.Select(
        s_tuples, s_tuples, Gen.UInt, Gen.UInt, Gen.UShort, Gen.UInt.Nullable(),
        (original, reply, status, mark, zone, id) => new ConntrackEntry
        {
            Original = original,
            Reply = reply,
            Status = (CtStatusFlags)status,
            Mark = mark,
            Zone = zone,
            Id = id,
        });

    [Fact]
    public void A_connection_reads_back_as_it_was_written() => s_entries.Sample(entry =>
        Read(Datagram.Payload(writer =>
        {
            writer.WriteHeader(default(NfGenMessage));
            ConntrackCodec.Write(writer, entry);
        })).Should().Be(entry));

    [Fact]
    public void Any_bytes_are_read_or_refused() => Gen.Byte.Array[0, 256].Sample(bytes =>
    {
        try
        {
            Read(bytes);
        }
        catch (NetlinkFormatException)
        {
            // refused
        }
    });

    [Fact]
    public void Connections_are_counted_without_being_listed()
    {
        using NftHost host = new();
        host.Socket.CountConntrack().Should().Be(0);
        Insert(host, s_web);
        Insert(host, s_dns);

        host.Socket.CountConntrack().Should().Be(2);
    }

    [Fact]
    public void Connections_are_listed_by_family()
    {
        using NftHost host = new();
        Insert(host, s_web);
        Insert(host, s_dns);

        host.Socket.ListConntrack(NftFamily.IPv4).Should().ContainSingle().Which.Original.Should().Be(s_web);
        ConntrackEntry dns = host.Socket.ListConntrack(NftFamily.IPv6).Should().ContainSingle().Which;
        dns.Reply.Should().Be(s_dns with
        {
            Source = s_dns.Destination,
            Destination = s_dns.Source,
            SourcePort = s_dns.DestinationPort,
            DestinationPort = s_dns.SourcePort,
        });
        (dns.Mark, dns.Zone, dns.Status & CtStatusFlags.Confirmed).Should().Be((7, 0, CtStatusFlags.Confirmed));
    }

    [Fact]
    public void A_connection_is_deleted_by_its_tuple_and_no_other_is()
    {
        using NftHost host = new();
        Insert(host, s_web);
        Insert(host, s_web with { SourcePort = 40002 });

        host.Socket.DeleteConntrack(s_web).Should().BeTrue();
        host.Socket.DeleteConntrack(s_web).Should().BeFalse();

        host.Run("conntrack -L").Should().Contain("sport=40002").And.NotContain("sport=40000");
    }

    [Fact]
    public void A_later_connection_of_the_same_tuple_is_not_the_one_that_was_listed()
    {
        using NftHost host = new();
        Insert(host, s_web);
        ConntrackEntry listed = host.Socket.ListConntrack(NftFamily.IPv4).Single();

        host.Socket.DeleteConntrack(listed with { Id = listed.Id + 1 }).Should().BeFalse();
        host.Socket.DeleteConntrack(listed).Should().BeTrue();
    }

    private static void Insert(NftHost host, ConntrackTuple tuple)
    {
        string protocol = tuple.Protocol is ProtocolType.Tcp ? "tcp --state ESTABLISHED" : "udp";
        host.Run(
            $"conntrack -I -s {tuple.Source} -d {tuple.Destination} -p {protocol} --sport {tuple.SourcePort} --dport "
                + $"{tuple.DestinationPort} -t 100 -m 7");
    }

    private static ConntrackEntry? Read(byte[] payload)
    {
        byte[] message = Datagram.Message((NfnlMessage.ConntrackSubsystem << 8) | ConntrackMessageType.New, 1, payload);
        return ConntrackCodec.Read(new NetlinkMessage(message));
    }
}
