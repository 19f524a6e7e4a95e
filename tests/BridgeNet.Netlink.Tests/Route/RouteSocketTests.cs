using System.Net;
using BridgeNet.Native;
using BridgeNet.Netlink.Route;
using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Tests;

public sealed class RouteSocketTests : IDisposable
{
    private const byte Mpls = 28;

    private static readonly Link s_veth = new() { Name = InterfaceName.Parse("va"), Kind = new VethKind() };

    private readonly ScriptedKernel _kernel = new();

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void Routes_of_other_families_are_passed_over()
    {
        byte[] label = Datagram.Payload(writer =>
        {
            writer.WriteHeader(new Rtmsg { Family = Mpls, DestinationLength = 20 });
            writer.WriteBytes(Rta.Destination, [0, 1, 0, 1]);
        });
        byte[] route = Datagram.Payload(writer => IPRoute.Default(IPAddress.Loopback).Write(writer));
        _kernel.Answer(first => [Datagram.Of(
            Datagram.Message(RtnetlinkType.NewRoute, first, label),
            Datagram.Message(RtnetlinkType.NewRoute, first, route),
            Datagram.Done(first))]);
        using RouteSocket socket = new(_kernel);

        socket.ListRoutes(table: null).Should().ContainSingle().Which.Gateway.Should().Be(IPAddress.Loopback);
    }

    [Fact]
    public void Addresses_of_other_families_are_passed_over()
    {
        byte[] phone = Datagram.Payload(writer =>
        {
            writer.WriteHeader(new Ifaddrmsg { Family = 35 }); // AF_PHONET
            writer.WriteByte(Ifa.Local, 1);
        });
        _kernel.Answer(first => [Datagram.Of(Datagram.Message(RtnetlinkType.NewAddress, first, phone), Datagram.Done(first))]);
        using RouteSocket socket = new(_kernel);

        socket.ListAddresses().Should().BeEmpty();
    }

    [Fact]
    public void Only_the_absence_of_a_link_is_no_error()
    {
        _kernel.Answer(first => [Datagram.Of(Datagram.Error(first, Errno.ENODEV))])
            .Answer(first => [Datagram.Of(Datagram.Error(first, Errno.EPERM))])
            .Answer(first => [Datagram.Of(Datagram.Error(first, Errno.EPERM))]);
        using RouteSocket socket = new(_kernel);
        Action get = () => socket.TryGetLink(LinkSelector.ByIndex(5));
        Action delete = () => socket.DeleteLink(LinkSelector.ByIndex(5));

        socket.TryGetLink(LinkSelector.ByIndex(5)).Should().BeNull();
        get.Should().Throw<NetlinkException>().Which.Errno.Should().Be(Errno.EPERM);
        delete.Should().Throw<NetlinkException>().WithMessage("delete link #5: EPERM*");
    }

    [Fact]
    public void What_a_creation_cannot_carry_follows_it()
    {
        Link bridge = new()
        {
            Name = InterfaceName.Parse("br0"),
            Kind = new BridgeKind(),
            IsUp = true,
            Ipv6AddressGeneration = Ipv6AddressGeneration.None,
        };
        Link veth = bridge with { Name = InterfaceName.Parse("va"), Kind = new VethKind() };

        Written(bridge).Should().Equal((LinkFlags.None, null), (LinkFlags.None, Ipv6AddressGeneration.None), (LinkFlags.Up, null));
        Written(veth).Should().Equal((LinkFlags.None, null), (LinkFlags.None, Ipv6AddressGeneration.None), (LinkFlags.Up, null));
        Written(veth with { Ipv6AddressGeneration = null }).Should().Equal((LinkFlags.Up, null));
    }

    [Fact]
    public void The_other_ends_index_comes_with_the_echo_of_the_creation()
    {
        _kernel.Answer(first => [Datagram.Of(Datagram.Message(RtnetlinkType.NewLink, first, Peer(7))), Datagram.Of(Datagram.Acknowledgement(first))]);
        using RouteSocket socket = new(_kernel);

        socket.Batch().CreateLinkForPeer(s_veth).Should().Be(7);

        NetlinkMessage request = new(_kernel.Sent.Should().ContainSingle().Subject);
        (request.Flags & (NetlinkFlags.Echo | NetlinkFlags.Acknowledge)).Should().Be(NetlinkFlags.Echo | NetlinkFlags.Acknowledge);
    }

    [Fact]
    public void A_kernel_without_an_echo_is_asked_for_the_other_ends_index()
    {
        _kernel.Answer(first => [Datagram.Of(Datagram.Acknowledgement(first))])
            .Answer(first => [Datagram.Of(Datagram.Message(RtnetlinkType.NewLink, first, Peer(7)))]);
        using RouteSocket socket = new(_kernel);

        socket.Batch().CreateLinkForPeer(s_veth).Should().Be(7);

        new NetlinkMessage(_kernel.Sent[1]).Type.Should().Be(RtnetlinkType.GetLink);
    }

    [Fact]
    public void A_kernel_without_an_echo_is_asked_for_the_link_that_it_made()
    {
        _kernel.Answer(first => [Datagram.Of(Datagram.Acknowledgement(first))])
            .Answer(first => [Datagram.Of(Datagram.Message(RtnetlinkType.NewLink, first, Peer(7)))]);
        using RouteSocket socket = new(_kernel);

        socket.Batch().CreateLinkAsMade(s_veth).PeerIndex.Should().Be(7);

        new NetlinkMessage(_kernel.Sent[1]).Type.Should().Be(RtnetlinkType.GetLink);
    }

    [Fact]
    public void A_creation_that_fails_names_itself_though_there_is_an_echo()
    {
        _kernel.Answer(
            first => [Datagram.Of(Datagram.Message(RtnetlinkType.NewLink, first, Peer(7))), Datagram.Of(Datagram.Error(first, Errno.EBUSY))]);
        using RouteSocket socket = new(_kernel);
        Action create = () => socket.Batch().CreateLinkForPeer(s_veth);

        create.Should().Throw<NetlinkException>().WithMessage("create link va: EBUSY*");
    }

    [Fact]
    public void A_link_that_is_not_there_has_no_index_and_other_errors_are_told()
    {
        using RouteSocket here = new(new ScriptedKernel { Interface = 5 });
        using RouteSocket nowhere = new(new ScriptedKernel { InterfaceFails = Errno.ENODEV });
        using RouteSocket refused = new(new ScriptedKernel { InterfaceFails = Errno.EPERM });
        Action find = () => refused.TryGetIndex(s_veth.Name);

        here.TryGetIndex(s_veth.Name).Should().Be(5);
        nowhere.TryGetIndex(s_veth.Name).Should().BeNull();
        find.Should().Throw<NetlinkException>().WithMessage("find link va: EPERM*");
    }

    private static byte[] Peer(int index) => Datagram.Payload(writer =>
    {
        writer.WriteHeader(new Ifinfomsg { Index = 6 });
        writer.WriteInt32(Ifla.Link, index);
    });

    private static List<(LinkFlags Flags, Ipv6AddressGeneration? Generation)> Written(Link link)
    {
        using ScriptedKernel kernel = new ScriptedKernel { SendFails = Errno.ENOMEM };
        using RouteSocket socket = new(kernel);
        Action execute = () => socket.Batch().CreateLink(link).Execute();
        execute.Should().Throw<NetlinkException>();
        List<(LinkFlags, Ipv6AddressGeneration?)> written = [];
        foreach (NetlinkMessage message in new NetlinkDatagram(kernel.Sent[0]))
        {
            Link read = new(message);
            read.Name.Should().Be(link.Name);
            written.Add((read.Flags, read.Ipv6AddressGeneration));
        }
        return written;
    }
}
