using System.Net;
using System.Text.Json;
using BridgeNet.Native;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Netlink.Tests;

/// <summary>Addresses on the real kernel, with `ip -j addr` as the witness.</summary>
public sealed class KernelAddressTests
{
    [Fact]
    public void An_address_is_what_was_asked_for() => TestBridge.Run((socket, bridge) =>
    {
        LinkAddress ipv4 = Address(bridge, "172.17.0.1/16") with { Broadcast = IPAddress.Parse("172.17.255.255"), Label = "br0:a" };
        LinkAddress ipv6 = Address(bridge, "fd00::1/64") with { Flags = AddressFlags.NoDad };

        socket.Batch().AddAddress(ipv4).AddAddress(ipv6).Execute();

        socket.ListAddresses(bridge).Should().BeEquivalentTo(
            [ipv4 with { Flags = AddressFlags.Permanent }, ipv6 with { Flags = AddressFlags.Permanent | AddressFlags.NoDad }]);
        JsonElement[] witness = [.. NetworkSandbox.Ip("addr", "show", "br0").Single().GetProperty("addr_info").EnumerateArray()];
        witness.Select(Text).Should().BeEquivalentTo("172.17.0.1/16", "fd00::1/64");
        witness[0].GetProperty("broadcast").GetString().Should().Be("172.17.255.255");
        witness[0].GetProperty("label").GetString().Should().Be("br0:a");
    });

    [Fact]
    public void An_address_with_another_end_and_lifetimes_is_what_was_asked_for() => TestBridge.Run((socket, bridge) =>
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
    public void An_address_is_added_once_replaced_and_deleted_once() => TestBridge.Run((socket, bridge) =>
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
    public void Addresses_of_all_links_are_those_that_ip_lists() => TestBridge.Run((socket, bridge) =>
    {
        socket.Batch()
            .ChangeLink(LinkSelector.ByIndex(1), new LinkChange { IsUp = true })
            .AddAddress(Address(bridge, "172.17.0.1/16"))
            .Execute();

        socket.ListAddresses().Select(address => (address.LinkIndex, address.Address.ToString())).Should().BeEquivalentTo(
            NetworkSandbox.Ip("addr", "show").SelectMany(link => link.GetProperty("addr_info").EnumerateArray()
                .Select(info => (link.GetProperty("ifindex").GetInt32(), Text(info)))));
    });

    private static LinkAddress Address(int link, string address) => new() { LinkIndex = link, Address = InterfaceAddress.Parse(address) };

    private static string Text(JsonElement info) => $"{info.GetProperty("local").GetString()}/{info.GetProperty("prefixlen").GetInt32()}";
}
