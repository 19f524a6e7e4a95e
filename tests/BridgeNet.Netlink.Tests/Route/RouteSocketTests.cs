using System.Net;
using BridgeNet.Native;
using BridgeNet.Netlink.Route;
using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Tests;

public sealed class RouteSocketTests : IDisposable
{
    private const byte Mpls = 28;

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
        Written(veth).Should().Equal((LinkFlags.Up, null), (LinkFlags.None, Ipv6AddressGeneration.None));
        Written(veth with { Ipv6AddressGeneration = null }).Should().Equal((LinkFlags.Up, null));
    }

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
