using System.Net;
using System.Text.Json;
using BridgeNet.Native;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Netlink.Tests;

/// <summary>Addresses, routes and neighbours on the real kernel, with `ip -j` and `bridge -j` as witnesses.</summary>
public sealed class KernelAddressTests
{
    [Fact]
    public void An_address_is_what_was_asked_for() => OnBridge((socket, bridge) =>
    {
        LinkAddress ipv4 = Address(bridge, "172.17.0.1/16") with { Broadcast = IPAddress.Parse("172.17.255.255"), Label = "br0:a" };
        LinkAddress ipv6 = Address(bridge, "fd00::1/64") with { Flags = AddressFlags.NoDad };

        socket.Batch().AddAddress(ipv4).AddAddress(ipv6).Execute();

        socket.ListAddresses(bridge).Should().BeEquivalentTo(
            [ipv4 with { Flags = AddressFlags.Permanent }, ipv6 with { Flags = AddressFlags.Permanent | AddressFlags.NoDad }]);
        JsonElement[] witness = [.. NetworkSandbox.Ip("addr", "show", "br0").Single().GetProperty("addr_info").EnumerateArray()];
        witness.Select(info => $"{info.GetProperty("local").GetString()}/{info.GetProperty("prefixlen").GetInt32()}")
            .Should().BeEquivalentTo("172.17.0.1/16", "fd00::1/64");
        witness[0].GetProperty("broadcast").GetString().Should().Be("172.17.255.255");
        witness[0].GetProperty("label").GetString().Should().Be("br0:a");
    });

    [Fact]
    public void An_address_with_another_end_and_lifetimes_is_what_was_asked_for() => OnBridge((socket, bridge) =>
    {
        LinkAddress asked = Address(bridge, "10.0.0.1/32") with
        {
            Peer = IPAddress.Parse("10.0.0.2"),
            Scope = RouteScope.Link,
            Flags = AddressFlags.NoPrefixRoute,
            ValidLifetime = TimeSpan.FromSeconds(1000),
            PreferredLifetime = TimeSpan.FromSeconds(500),
        };

        socket.Batch().AddAddress(asked).Execute();

        LinkAddress read = socket.ListAddresses(bridge).Should().ContainSingle().Which;
        (read with { Label = null, ValidLifetime = asked.ValidLifetime, PreferredLifetime = asked.PreferredLifetime }).Should().Be(asked);
        read.ValidLifetime!.Value.Should().BeCloseTo(TimeSpan.FromSeconds(1000), TimeSpan.FromSeconds(5));
        JsonElement witness = NetworkSandbox.Ip("addr", "show", "br0").Single().GetProperty("addr_info")[0];
        witness.GetProperty("address").GetString().Should().Be("10.0.0.2");
        witness.GetProperty("scope").GetString().Should().Be("link");
    });

    [Fact]
    public void An_address_is_added_once_replaced_and_deleted_once() => OnBridge((socket, bridge) =>
    {
        LinkAddress address = Address(bridge, "172.17.0.1/16");
        socket.Batch().AddAddress(address).Execute();
        Action again = () => socket.Batch().AddAddress(address).Execute();
        Action replace = () => socket.Batch().ReplaceAddress(address).Execute();
        Action delete = () => socket.Batch().DeleteAddress(address).Execute();

        again.Should().Throw<NetlinkException>().WithMessage($"add address 172.17.0.1/16 to #{bridge}: EEXIST*");
        replace.Should().NotThrow();
        delete.Should().NotThrow();
        delete.Should().Throw<NetlinkException>().Which.Errno.Should().Be(Errno.EADDRNOTAVAIL);
    });

    [Fact]
    public void Addresses_of_all_links_are_those_that_ip_lists() => OnBridge((socket, bridge) =>
    {
        socket.Batch()
            .ChangeLink(LinkSelector.ByIndex(1), new LinkChange { IsUp = true })
            .AddAddress(Address(bridge, "172.17.0.1/16"))
            .Execute();

        socket.ListAddresses().Select(address => (address.LinkIndex, address.Address.ToString())).Should().BeEquivalentTo(
            NetworkSandbox.Ip("addr", "show").SelectMany(link => link.GetProperty("addr_info").EnumerateArray()
                .Select(info => (link.GetProperty("ifindex").GetInt32(), $"{info.GetProperty("local").GetString()}/{info.GetProperty("prefixlen").GetInt32()}"))));
    });

    [Fact]
    public void A_neighbour_is_what_was_asked_for() => OnBridge((socket, bridge) =>
    {
        Neighbour ipv4 = new() { LinkIndex = bridge, Address = IPAddress.Parse("172.17.0.9"), MacAddress = MacAddress.Parse("02:42:ac:11:00:09") };
        Neighbour ipv6 = ipv4 with { Address = IPAddress.Parse("fd00::9"), Flags = NeighbourFlags.Router };

        socket.Batch().SetNeighbour(ipv4).SetNeighbour(ipv6).Execute();

        socket.ListNeighbours(bridge).Where(neighbour => neighbour.State is NeighbourStates.Permanent).Should().BeEquivalentTo([ipv4, ipv6]);
        NetworkSandbox.Ip("neigh", "show", "dev", "br0").Select(entry => entry.GetProperty("dst").GetString())
            .Should().BeEquivalentTo("172.17.0.9", "fd00::9");
        socket.Batch().DeleteNeighbour(ipv4).Execute();
        socket.ListNeighbours(bridge).Should().NotContain(neighbour => neighbour.Address!.Equals(ipv4.Address));
    });

    [Fact]
    public void A_forwarding_entry_is_what_was_asked_for() => OnBridge((socket, bridge) =>
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

    private static LinkAddress Address(int link, string address) => new() { LinkIndex = link, Address = InterfaceAddress.Parse(address) };

    private static void OnBridge(Action<RouteSocket, int> test) => NetworkSandbox.Run(() =>
    {
        using RouteSocket socket = RouteSocket.Open();
        InterfaceName name = InterfaceName.Parse("br0");
        Link bridge = socket.Batch()
            .CreateLink(new Link { Name = name, Kind = new BridgeKind { MulticastSnooping = false }, IsUp = true, Ipv6AddressGeneration = Ipv6AddressGeneration.None })
            .GetLink(LinkSelector.ByName(name));
        test(socket, bridge.Index);
    });
}
