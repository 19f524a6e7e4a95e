using System.Net;
using System.Net.Sockets;
using BridgeNet.Native;
using BridgeNet.Netlink.Netfilter;
using BridgeNet.Netlink.Wire;
using BridgeNet.TestKit;

namespace BridgeNet.Netlink.Tests.Netfilter;

public sealed class ConntrackFilterTests : IDisposable
{
    private const ProtocolType Sctp = (ProtocolType)132; // .NET has no name for it

    private static readonly string[] s_connections =
    [
        "-s 198.51.100.7 -d 192.0.2.1 -p tcp --sport 40000 --dport 8080 --state ESTABLISHED",
        "-s 198.51.100.8 -d 192.0.2.1 -p tcp --sport 40001 --dport 8081 --state ESTABLISHED",
        "-s 198.51.100.7 -d 192.0.2.1 -p udp --sport 40002 --dport 8080",
        "-s 198.51.100.7 -d 192.0.2.2 -p udp --sport 40003 --dport 8080",
        "-s 198.51.100.7 -d 192.0.2.1 --reply-src 172.17.0.2 --reply-dst 198.51.100.7 -p udp --sport 40004 --dport 5353 --reply-port-src "
            + "53 --reply-port-dst 40004",
        "-s 198.51.100.7 -d 192.0.2.1 -p sctp --sport 40005 --dport 8080 --state ESTABLISHED --orig-vtag 1 --reply-vtag 2",
        "-s 198.51.100.7 -d 192.0.2.1 -p sctp --sport 40006 --dport 8081 --state ESTABLISHED --orig-vtag 1 --reply-vtag 2",
        "-s fd00::7 -d fd00::1 -p udp --sport 40007 --dport 8080",
        "-s fd00::7 -d fd00::2 -p udp --sport 40008 --dport 8080",
        "-s fd00::8 -d fd00::1 -p tcp --sport 40009 --dport 8080 --state ESTABLISHED",
    ];

    private readonly ScriptedKernel _kernel = new();

    /// <summary>Each filter with the source ports of the connections that it means.</summary>
    public static TheoryData<ConntrackFilter, int[]> Filters => new()
    {
        { IPv4(new() { Protocol = ProtocolType.Udp, DestinationPort = 8080 }), [40002, 40003] },
        { IPv4(new() { Protocol = ProtocolType.Udp, SourcePort = 40002 }), [40002] },
        { IPv4(new() { Protocol = ProtocolType.Tcp }), [40000, 40001] },
        { IPv4(new() { Source = IPAddress.Parse("198.51.100.8") }), [40001] },
        { IPv4(new() { Destination = IPAddress.Parse("192.0.2.2"), Protocol = ProtocolType.Udp, DestinationPort = 8080 }), [40003] },
        { IPv4(new() { Destination = IPAddress.Parse("192.0.2.9"), Protocol = ProtocolType.Udp, DestinationPort = 8080 }), [] },
        { IPv4(null, new() { Source = IPAddress.Parse("172.17.0.2"), Protocol = ProtocolType.Udp, SourcePort = 53 }), [40004] },
        { IPv4(null, new() { Source = IPAddress.Parse("172.17.0.2"), Protocol = ProtocolType.Udp, SourcePort = 54 }), [] },
        { IPv4(
            new() { Protocol = ProtocolType.Udp, DestinationPort = 5353 }, new() { DestinationPort = 40004, Protocol = ProtocolType.Udp }), [40004] },
        { IPv4(new() { Protocol = ProtocolType.Udp, DestinationPort = 5353 }, new() { Destination = IPAddress.Parse("198.51.100.8") }), [] },
        { IPv4(new() { Protocol = Sctp, DestinationPort = 8080 }), [40005] },
        { IPv4(WholeOf("198.51.100.7", "192.0.2.1", 40000, 8080)), [40000] },
        { IPv4(WholeOf("192.0.2.1", "198.51.100.7", 8080, 40000)), [] }, // that is how its replies look
        { IPv4(WholeOf("198.51.100.7", "192.0.2.1", 40000, 8080), new() { Source = IPAddress.Parse("172.17.0.2") }), [] },
        { IPv6(new() { Protocol = ProtocolType.Udp, DestinationPort = 8080 }), [40007, 40008] },
        { IPv6(new() { Destination = IPAddress.Parse("fd00::1") }), [40007, 40009] },
        { IPv6(new() { Source = IPAddress.Parse("fd00::7%3"), Destination = IPAddress.Parse("fd00::2"), Protocol = ProtocolType.Udp }), [40008] },
        { IPv6(null, new() { Source = IPAddress.Parse("fd00::1"), Protocol = ProtocolType.Tcp, SourcePort = 8080 }), [40009] },
        { IPv6(), [40007, 40008, 40009] },
    };

    public void Dispose() => _kernel.Dispose();

    [Theory]
    [MemberData(nameof(Filters), DisableDiscoveryEnumeration = true)]
    public void What_a_filter_means_is_listed_and_deleted_and_nothing_else(ConntrackFilter filter, int[] meant)
    {
        using NftHost host = Populated();

        host.Socket.ListConntrack(filter).Select(entry => (int)entry.Original.SourcePort).Should().BeEquivalentTo(meant);
        host.Socket.DeleteConntrack(filter);

        SourcePorts(host).Should().Equal(Enumerable.Range(40000, s_connections.Length).Except(meant));
    }

    [Theory]
    [MemberData(nameof(Filters), DisableDiscoveryEnumeration = true)]
    public void A_filter_that_the_kernel_is_given_names_a_tuple_that_cannot_be_one_connections(ConntrackFilter filter, int[] meant)
    {
        _ = meant;
        _kernel.Answer(first => [Datagram.Of(Datagram.Acknowledgement(first), Datagram.Done(first))]);
        using NetfilterSocket socket = new(_kernel);

        socket.DeleteConntrack(filter);

        NetlinkMessage sent = new(_kernel.Sent.Should().ContainSingle().Subject);
        if ((byte)sent.Type is ConntrackMessageType.Delete)
        {
            AttributeList attributes = sent.Attributes<NfGenMessage>();
            (attributes.TryFind(Cta.Original, out AttributeReader tuple) || attributes.TryFind(Cta.Reply, out tuple)).Should().BeTrue();
            ConntrackCodec.ReadTuple(tuple).Should().BeNull("an old kernel must find no connection by it");
        }
    }

    [Fact]
    public void This_kernel_needs_one_message()
    {
        Assert.SkipUnless(Environment.OSVersion.Version >= new Version(6, 12), "flushes by filter came with Linux 6.12");
        using Netns place = Netns.Create("flush");
        using RecordingTransport transport = new(place.In(() => new KernelTransport(NetlinkProtocol.Netfilter)));
        using NetfilterSocket socket = new(transport);

        socket.DeleteConntrack(IPv4(new() { Protocol = ProtocolType.Udp, DestinationPort = 8080 }));
        socket.DeleteConntrack(IPv4(null, new() { Source = IPAddress.Parse("172.17.0.2"), Protocol = ProtocolType.Udp, SourcePort = 53 }));

        transport.Sent.Select(Kind).Should().Equal("delete by filter", "delete by filter");
    }

    [Theory]
    [InlineData(Errno.EINVAL)] // before 5.8, and most before 6.12
    [InlineData(Errno.EOPNOTSUPP)]
    [InlineData(Errno.ENOENT)]
    public void Where_the_kernel_does_not_flush_by_filter_each_is_listed_and_deleted(Errno refusal)
    {
        ConntrackFilter filter = IPv4(new() { Protocol = ProtocolType.Udp, DestinationPort = 53 });
        _kernel.Answer(first => [Datagram.Of(Datagram.Error(first, refusal))])
            .Answer(first => [Datagram.Of(Listed(first, 1, 53), Listed(first, 2, 53), Datagram.Done(first))])
            .Answer(first => [Datagram.Of(Datagram.Acknowledgement(first))])
            .Answer(first => [Datagram.Of(Datagram.Error(first, Errno.ENOENT))]); // it ended meanwhile
        using NetfilterSocket socket = new(_kernel);

        socket.DeleteConntrack(filter);

        _kernel.Sent.Select(Kind).Should().Equal("delete by filter", "list by filter", "delete 1 -> 53", "delete 2 -> 53");
    }

    [Fact]
    public void What_an_old_kernel_lists_too_is_left_alone()
    {
        ConntrackFilter filter = IPv4(new() { Protocol = ProtocolType.Udp, DestinationPort = 53 });
        _kernel.Answer(first => [Datagram.Of(Datagram.Error(first, Errno.EINVAL))])
            .Answer(first => [Datagram.Of(Listed(first, 1, 80), Listed(first, 2, 53), Datagram.Done(first))])
            .Answer(first => [Datagram.Of(Datagram.Acknowledgement(first))]);
        using NetfilterSocket socket = new(_kernel);

        socket.DeleteConntrack(filter);

        _kernel.Sent.Select(Kind).Should().Equal("delete by filter", "list by filter", "delete 2 -> 53");
    }

    [Fact]
    public void Where_the_kernel_refuses_to_list_by_filter_all_is_listed()
    {
        ConntrackFilter filter = IPv4(new() { Protocol = Sctp, DestinationPort = 53 });
        _kernel.Answer(first => [Datagram.Of(Datagram.Error(first, Errno.EOPNOTSUPP))])
            .Answer(first => [Datagram.Of(Listed(first, 1, 53), Listed(first, 2, 53, Sctp), Datagram.Done(first))]);
        using NetfilterSocket socket = new(_kernel);

        socket.ListConntrack(filter).Should().ContainSingle().Which.Original.SourcePort.Should().Be(2);

        _kernel.Sent.Select(Kind).Should().Equal("list by filter", "list");
    }

    [Fact]
    public void Another_refusal_is_told()
    {
        _kernel.Answer(first => [Datagram.Of(Datagram.Error(first, Errno.EPERM))]);
        using NetfilterSocket socket = new(_kernel);

        Action delete = () => socket.DeleteConntrack(IPv4(new() { Protocol = ProtocolType.Udp }));

        delete.Should().Throw<NetlinkException>().WithMessage("delete conntrack entries by a filter: EPERM*").Which.Errno.Should().Be(Errno.EPERM);
    }

    [Fact]
    public void Many_are_deleted_by_one_listing()
    {
        using NftHost host = Populated();

        int count = host.Socket.DeleteConntrack(NftFamily.IPv4, entry => entry.Original.DestinationPort is 8080 or 8081);

        count.Should().Be(6);
        SourcePorts(host).Should().Equal(40004, 40007, 40008, 40009);
    }

    [Fact]
    public void A_filter_that_can_match_nothing_is_refused()
    {
        using NetfilterSocket socket = new(_kernel);
        ConntrackFilter[] senseless =
        [
            new() { Family = NftFamily.Inet },
            IPv4(new() { DestinationPort = 53 }),
            IPv4(null, new() { SourcePort = 53 }),
            IPv4(new() { Source = IPAddress.IPv6Loopback }),
            IPv6(new() { Destination = IPAddress.Loopback }),
        ];

        foreach (ConntrackFilter filter in senseless)
        {
            socket.Invoking(it => it.DeleteConntrack(filter)).Should().Throw<ArgumentException>();
            socket.Invoking(it => it.ListConntrack(filter)).Should().Throw<ArgumentException>();
        }
        _kernel.Sent.Should().BeEmpty();
    }

    private static ConntrackFilter IPv4(ConntrackTupleFilter? original, ConntrackTupleFilter? reply = null) =>
        new() { Family = NftFamily.IPv4, Original = original, Reply = reply };

    private static ConntrackFilter IPv6(ConntrackTupleFilter? original = null, ConntrackTupleFilter? reply = null) =>
        new() { Family = NftFamily.IPv6, Original = original, Reply = reply };

    private static ConntrackTupleFilter WholeOf(string source, string destination, ushort sourcePort, ushort destinationPort) => new()
    {
        Source = IPAddress.Parse(source),
        Destination = IPAddress.Parse(destination),
        Protocol = ProtocolType.Tcp,
        SourcePort = sourcePort,
        DestinationPort = destinationPort,
    };

    private static NftHost Populated()
    {
        NftHost host = new();
        host.Run(string.Join(" && ", s_connections.Select(connection => $"conntrack -I {connection} -t 100")));
        return host;
    }

    /// <summary>What conntrack lists, by the source ports of the first packets.</summary>
    private static IEnumerable<int> SourcePorts(NftHost host) =>
        host.Run("conntrack -L -f ipv4; conntrack -L -f ipv6")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ').First(word => word.StartsWith("sport=", StringComparison.Ordinal)))
            .Select(word => int.Parse(word["sport=".Length..]))
            .Order();

    private static string Kind(byte[] request)
    {
        NetlinkMessage message = new(request);
        AttributeList attributes = message.Attributes<NfGenMessage>();
        string verb = (byte)message.Type is ConntrackMessageType.Delete ? "delete" : "list";
        if (attributes.TryFind(Cta.Filter, out _))
        {
            return $"{verb} by filter";
        }
        return attributes.TryFind(Cta.Original, out AttributeReader tuple) && ConntrackCodec.ReadTuple(tuple) is { } whole
            ? $"{verb} {whole.SourcePort} -> {whole.DestinationPort}"
            : verb;
    }

    private static byte[] Listed(uint sequence, ushort sourcePort, ushort destinationPort, ProtocolType protocol = ProtocolType.Udp)
    {
        ConntrackTuple tuple = new()
        {
            Source = IPAddress.Parse("198.51.100.7"),
            Destination = IPAddress.Parse("192.0.2.1"),
            Protocol = protocol,
            SourcePort = sourcePort,
            DestinationPort = destinationPort,
        };
        return Datagram.Message(
            (NfnlMessage.ConntrackSubsystem << 8) | ConntrackMessageType.New,
            sequence,
            Datagram.Payload(writer =>
            {
                writer.WriteHeader(default(NfGenMessage));
                ConntrackCodec.Write(writer, new ConntrackEntry { Original = tuple, Reply = tuple });
            }),
            NetlinkFlags.Multi);
    }
}
