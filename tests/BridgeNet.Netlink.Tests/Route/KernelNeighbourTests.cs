using System.Net;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Netlink.Tests;

/// <summary>Neighbours and forwarding entries on the real kernel, with `ip -j neigh` and `bridge fdb` as witnesses.</summary>
public sealed class KernelNeighbourTests
{
    [Fact]
    public void A_neighbour_is_what_was_asked_for() => TestBridge.Run((socket, bridge) =>
    {
        Neighbour ipv4 = new()
        {
            LinkIndex = bridge,
            Address = IPAddress.Parse("172.17.0.9"),
            MacAddress = MacAddress.Parse("02:42:ac:11:00:09"),
        };
        Neighbour ipv6 = ipv4 with { Address = IPAddress.Parse("fd00::9"), Flags = NeighbourFlags.Router };

        socket.Batch().SetNeighbour(ipv4).SetNeighbour(ipv6).Execute();

        socket.ListNeighbours(bridge).Where(neighbour => neighbour.State is NeighbourStates.Permanent).Should().BeEquivalentTo([ipv4, ipv6]);
        NetworkSandbox.Ip("neigh", "show", "dev", "br0").Select(entry => entry.GetProperty("dst").GetString())
            .Should().BeEquivalentTo("172.17.0.9", "fd00::9");
        socket.Batch().DeleteNeighbour(ipv4).Execute();
        socket.ListNeighbours(bridge).Should().NotContain(neighbour => neighbour.Address!.Equals(ipv4.Address));
    });

    [Fact]
    public void A_forwarding_entry_is_what_was_asked_for() => TestBridge.Run((socket, bridge) =>
    {
        LinkSelector name = LinkSelector.ByName(InterfaceName.Parse("va"));
        Link port = socket.Batch().CreateLink(new Link { Name = name.Name, Kind = new VethKind(), Master = bridge }).GetLink(name);
        Neighbour entry = new()
        {
            LinkIndex = port.Index,
            IsForwardingEntry = true,
            MacAddress = MacAddress.Parse("02:42:ac:11:00:0a"),
            State = NeighbourStates.NoArp | NeighbourStates.Reachable,
            Flags = NeighbourFlags.Master,
        };

        socket.Batch().SetNeighbour(entry).Execute();

        Neighbour read = socket.ListForwardingEntries(bridge).Single(neighbour => neighbour.MacAddress == entry.MacAddress);
        read.LinkIndex.Should().Be(port.Index);
        read.Master.Should().Be(bridge);
        read.IsForwardingEntry.Should().BeTrue();
        NetworkSandbox.Tell("bridge", "fdb", "show", "br", "br0").Should().Contain("02:42:ac:11:00:0a dev va master br0 static");
        socket.Batch().DeleteNeighbour(entry).Execute();
        socket.ListForwardingEntries(bridge).Should().NotContain(neighbour => neighbour.MacAddress == entry.MacAddress);
    });
}
