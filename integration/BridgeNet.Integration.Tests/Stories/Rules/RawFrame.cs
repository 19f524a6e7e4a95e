using System.Buffers.Binary;
using System.Net;

using BridgeNet.Netlink;

namespace BridgeNet.Integration.Tests.Stories.Rules;

/// <summary>Ethernet frames that a kernel would not send by itself. Checksums are left out: who only looks does not mind.</summary>
internal static class RawFrame
{
    /// <summary>EtherType, RFC 7042: local experiments.</summary>
    public const ushort Experimental = 0x88b5;

    private const ushort IPv4 = 0x0800, Arp = 0x0806, IPv6 = 0x86dd;
    private const byte Icmp = 1, IcmpV6 = 58;

    /// <summary>Any frame.</summary>
    public static byte[] Ethernet(MacAddress to, MacAddress from, ushort type, params ReadOnlySpan<byte> payload) =>
        [.. Bytes(to), .. Bytes(from), .. BigEndian(type), .. payload];

    /// <summary>An ICMP packet that means nothing.</summary>
    public static byte[] FromIPv4(MacAddress to, MacAddress from, IPAddress source, IPAddress destination) =>
        Ethernet(
            to,
            from,
            IPv4,
            [0x45, 0, 0, 28, 0, 0, 0, 0, 64, Icmp, 0, 0, .. source.GetAddressBytes(), .. destination.GetAddressBytes(), 0, 0, 0, 0, 0, 0, 0, 0]);

    /// <summary>An ARP answer: "<paramref name="claimed"/> is at <paramref name="hardware"/>".</summary>
    public static byte[] ArpReply(MacAddress to, MacAddress from, MacAddress hardware, IPAddress claimed, IPAddress asker) =>
        Ethernet(to, from, Arp, [0, 1, 8, 0, 6, 4, 0, 2, .. Bytes(hardware), .. claimed.GetAddressBytes(), .. Bytes(to), .. asker.GetAddressBytes()]);

    /// <summary>
    /// An ICMPv6 message of neighbour discovery with a target, RFC 4861 section 4; the type is followed by code, checksum and flags.
    /// </summary>
    public static byte[] Neighbour(MacAddress to, MacAddress from, IPAddress source, IPAddress destination, byte type, IPAddress target) =>
        Ethernet(
            to, from, IPv6,
            [
                0x60, 0, 0, 0, 0, 24, IcmpV6, 255, .. source.GetAddressBytes(), .. destination.GetAddressBytes(),
                type, 0, 0, 0, 0, 0, 0, 0, .. target.GetAddressBytes(),
            ]);

    private static byte[] Bytes(MacAddress address)
    {
        byte[] bytes = new byte[MacAddress.Length];
        address.CopyTo(bytes);
        return bytes;
    }

    private static byte[] BigEndian(ushort value)
    {
        byte[] bytes = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        return bytes;
    }
}
