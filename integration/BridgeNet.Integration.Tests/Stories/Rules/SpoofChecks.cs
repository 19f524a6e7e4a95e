using System.Net;

using BridgeNet.Netlink;
using BridgeNet.TestKit;

using static BridgeNet.Integration.Tests.Stories.Rules.PacketCheck;

namespace BridgeNet.Integration.Tests.Stories.Rules;

/// <summary>A container speaks for itself alone.</summary>
internal static class SpoofChecks
{
    private const byte RouterAdvertisement = 134, Solicitation = 135, Advertisement = 136, Redirect = 137;

    private static readonly MacAddress s_forged = MacAddress.Parse("02:00:00:00:00:99");
    private static readonly IPAddress s_stranger4 = IPAddress.Parse("172.17.0.99");
    private static readonly IPAddress s_stranger6 = IPAddress.Parse("fd00:17::99");

    public static IReadOnlyList<PacketCheck> All { get; } =
    [
        Let("bridge prerouting: iifname != @ports accept", "a container that nobody watches sends what it likes", Unwatched),
        Let("bridge prerouting: ether type ip goto from_ipv4", "a container speaks by IPv4", Speaks("172.17.0.1")),
        Let("bridge prerouting: ether type arp goto from_arp", "a container asks who has the gateway's address", AsksByArp),
        Let("bridge prerouting: ether type ip6 goto from_ipv6", "a container speaks by IPv6", Speaks("fd00:17::1")),
        Stop(
            "bridge prerouting: drop",
            "a frame of a type that nobody knows",
            Frame((own, peer) => RawFrame.Ethernet(peer.MacAddress, own.MacAddress, RawFrame.Experimental, 1, 2, 3, 4))),
        Stop(
            "bridge from_ipv4: iifname . ether saddr . ip saddr != @owners4 drop",
            "a packet from another's IPv4 address",
            Frame((own, peer) => RawFrame.FromIPv4(peer.MacAddress, own.MacAddress, s_stranger4, V4(peer)))),
        Stop(
            "bridge from_arp: iifname . ether saddr . arp saddr ip != @owners4 drop",
            "an ARP answer in a frame from another's MAC address",
            Frame((own, peer) => RawFrame.ArpReply(peer.MacAddress, s_forged, own.MacAddress, V4(own), V4(peer)))),
        Stop(
            "bridge from_arp: iifname . arp saddr ether . arp saddr ip != @owners4 drop",
            "an ARP answer that names another's MAC address",
            Frame((own, peer) => RawFrame.ArpReply(peer.MacAddress, own.MacAddress, s_forged, V4(own), V4(peer)))),
        Stop(
            "bridge from_ipv6: iifname . ether saddr . ip6 saddr != @owners6 drop",
            "a packet from another's IPv6 address",
            Frame((own, peer) => RawFrame.Neighbour(peer.MacAddress, own.MacAddress, s_stranger6, V6(peer), Advertisement, V6(own)))),
        Stop(
            "bridge from_ipv6: icmpv6 type nd-router-advert drop",
            "a container passes for a router",
            Frame((own, peer) => RawFrame.Neighbour(peer.MacAddress, own.MacAddress, V6(own), V6(peer), RouterAdvertisement, V6(own)))),
        Stop(
            "bridge from_ipv6: icmpv6 type nd-redirect drop",
            "a container sends others another way",
            Frame((own, peer) => RawFrame.Neighbour(peer.MacAddress, own.MacAddress, V6(own), V6(peer), Redirect, V6(own)))),
        Stop(
            "bridge from_ipv6: icmpv6 type nd-neighbor-advert iifname . ether saddr . @th,64,64 . @th,128,64 != @targets6 drop",
            "a container claims another's address",
            Frame((own, peer) => RawFrame.Neighbour(peer.MacAddress, own.MacAddress, V6(own), V6(peer), Advertisement, s_stranger6))),
        Stop(
            "bridge from_ipv6: icmpv6 type nd-neighbor-solicit ip6 saddr :: iifname . ether saddr . @th,64,64 . @th,128,64 != @targets6 drop",
            "a container keeps others from an address by asking whether it is free",
            Frame((own, peer) => RawFrame.Neighbour(peer.MacAddress, own.MacAddress, IPAddress.IPv6Any, V6(peer), Solicitation, s_stranger6))),
    ];

    private static IPAddress V4(Endpoint endpoint) => endpoint.IPv4Address!.Address;

    private static IPAddress V6(Endpoint endpoint) => endpoint.IPv6Address!.Address;

    /// <summary>A container sends a frame to its peer.</summary>
    private static Func<DriverWorld, Func<TimeSpan, Task<bool>>> Frame(Func<Endpoint, Endpoint, byte[]> frame) =>
        world => Frame(world, new EndpointRequest(), frame);

    private static Func<TimeSpan, Task<bool>> Frame(DriverWorld world, EndpointRequest request, Func<Endpoint, Endpoint, byte[]> frame)
    {
        BridgeNetfilter.Set(world.Host, 0); // else the host checks what it bridges, and these frames have no checksums
        Container own = world.Attach(request);
        Container peer = world.Attach();
        return RawLink.Deliver(own.Place, peer.Place, frame(own.Endpoint, peer.Endpoint));
    }

    private static Func<TimeSpan, Task<bool>> Unwatched(DriverWorld world) => Frame(
        world,
        new EndpointRequest { AntiSpoofing = false },
        (own, peer) => RawFrame.Ethernet(peer.MacAddress, own.MacAddress, RawFrame.Experimental, 1, 2, 3, 4));

    private static Func<DriverWorld, Func<TimeSpan, Task<bool>>> Speaks(string to) => world => Try.Ping(world.Attach().Place, to);

    private static Func<TimeSpan, Task<bool>> AsksByArp(DriverWorld world)
    {
        Netns place = world.Attach().Place;
        return patience =>
        {
            place.RunOk("ip neigh flush dev eth0 nud all");
            return Try.Ping(place, "172.17.0.1")(patience);
        };
    }
}
