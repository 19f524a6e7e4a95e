using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

using BridgeNet.Netlink;

namespace BridgeNet.Announcing;

/// <summary>
/// The frames by which an interface tells its neighbours, unasked, that an address is now its own. Neighbours that knew another owner forget it at
/// once.
/// </summary>
internal static class AnnouncementFrame
{
    private const int EthernetHeader = 14, ArpLength = 28, IPv6Header = 40, AdvertisementLength = 32;
    private const ushort EthernetArp = 0x0806, EthernetIPv4 = 0x0800, EthernetIPv6 = 0x86dd;
    private const ushort HardwareEthernet = 1, ArpRequest = 1;
    private const byte ProtocolIcmpV6 = 58, HopLimit = 255, NeighbourAdvertisement = 136, OverrideFlag = 0x20, TargetLinkLayerAddress = 2;

    private static readonly MacAddress s_broadcast = MacAddress.Parse("ff:ff:ff:ff:ff:ff");
    private static readonly MacAddress s_allNodes = MacAddress.Parse("33:33:00:00:00:01");
    private static readonly IPAddress s_allNodesAddress = IPAddress.Parse("ff02::1");

    /// <summary>The frame for an address.</summary>
    /// <param name="mac">The interface's address, the sender.</param>
    /// <param name="address">
    /// IPv4: a gratuitous ARP request (RFC 5227, section 3). IPv6: an unsolicited neighbour advertisement (RFC 4861, section 7.2.6).
    /// </param>
    public static byte[] For(MacAddress mac, IPAddress address) =>
        address.AddressFamily is AddressFamily.InterNetwork ? GratuitousArp(mac, address) : UnsolicitedAdvertisement(mac, address);

    /// <summary>The checksum of an ICMPv6 message (RFC 4443, section 2.3); 0 over a message that contains its own checksum.</summary>
    public static ushort ChecksumIcmpV6(ReadOnlySpan<byte> source, ReadOnlySpan<byte> destination, ReadOnlySpan<byte> message)
    {
        uint sum = Sum(source) + Sum(destination) + (uint)message.Length + ProtocolIcmpV6 + Sum(message);
        while (sum > ushort.MaxValue)
        {
            sum = (sum & ushort.MaxValue) + (sum >> 16);
        }
        return (ushort)~sum;
    }

    /// <summary>An ARP request, not a reply: every stack accepts it, and Docker sends the same.</summary>
    private static byte[] GratuitousArp(MacAddress mac, IPAddress address)
    {
        byte[] frame = new byte[EthernetHeader + ArpLength];
        WriteEthernet(frame, s_broadcast, mac, EthernetArp);
        Span<byte> arp = frame.AsSpan(EthernetHeader);
        BinaryPrimitives.WriteUInt16BigEndian(arp, HardwareEthernet);
        BinaryPrimitives.WriteUInt16BigEndian(arp[2..], EthernetIPv4);
        arp[4] = MacAddress.Length;
        arp[5] = 4;
        BinaryPrimitives.WriteUInt16BigEndian(arp[6..], ArpRequest);
        mac.CopyTo(arp[8..]);
        address.TryWriteBytes(arp[14..], out _);
        address.TryWriteBytes(arp[24..], out _); // the target is the sender; its MAC address, at 18, stays zero
        return frame;
    }

    private static byte[] UnsolicitedAdvertisement(MacAddress mac, IPAddress address)
    {
        byte[] frame = new byte[EthernetHeader + IPv6Header + AdvertisementLength];
        WriteEthernet(frame, s_allNodes, mac, EthernetIPv6);
        Span<byte> header = frame.AsSpan(EthernetHeader, IPv6Header);
        header[0] = 0x60; // version 6
        BinaryPrimitives.WriteUInt16BigEndian(header[4..], AdvertisementLength);
        header[6] = ProtocolIcmpV6;
        header[7] = HopLimit;
        address.TryWriteBytes(header[8..], out _);
        s_allNodesAddress.TryWriteBytes(header[24..], out _);

        Span<byte> message = frame.AsSpan(EthernetHeader + IPv6Header);
        message[0] = NeighbourAdvertisement;
        message[4] = OverrideFlag;
        address.TryWriteBytes(message[8..], out _);
        message[24] = TargetLinkLayerAddress;
        message[25] = 1; // in units of 8 bytes
        mac.CopyTo(message[26..]);
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], ChecksumIcmpV6(header[8..24], header[24..40], message));
        return frame;
    }

    private static void WriteEthernet(Span<byte> frame, MacAddress destination, MacAddress source, ushort type)
    {
        destination.CopyTo(frame);
        source.CopyTo(frame[6..]);
        BinaryPrimitives.WriteUInt16BigEndian(frame[12..], type);
    }

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (; bytes.Length > 1; bytes = bytes[2..])
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes);
        }
        return bytes.IsEmpty ? sum : sum + (uint)(bytes[0] << 8);
    }
}
