using System.Net;

using BridgeNet.Announcing;
using BridgeNet.Netlink;

using CsCheck;

namespace BridgeNet.Tests.Announcing;

public sealed class AnnouncementFrameTests
{
    private const int Message = 14 + 40;

    private static readonly MacAddress s_mac = MacAddress.Parse("02:42:ac:11:00:02");

    [Fact]
    public void An_IPv4_address_is_announced_by_a_gratuitous_ARP_request() =>
        AnnouncementFrame.For(s_mac, IPAddress.Parse("172.17.0.2")).Should().Equal(
    [
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, // h_dest: everybody          the fields as RFC 826 and RFC 5227 have them
        0x02, 0x42, 0xac, 0x11, 0x00, 0x02, // h_source
        0x08, 0x06,                         // h_proto: ETH_P_ARP
        0x00, 0x01,                         // ar_hrd: ARPHRD_ETHER
        0x08, 0x00,                         // ar_pro: ETH_P_IP
        0x06, 0x04,                         // ar_hln, ar_pln
        0x00, 0x01,                         // ar_op: ARPOP_REQUEST
        0x02, 0x42, 0xac, 0x11, 0x00, 0x02, // ar_sha: the sender
        0xac, 0x11, 0x00, 0x02,             // ar_sip: 172.17.0.2
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, // ar_tha: nobody
        0xac, 0x11, 0x00, 0x02,             // ar_tip: the sender's own
    ]);

    [Fact]
    public void An_IPv6_address_is_announced_by_an_unsolicited_neighbour_advertisement() =>
        AnnouncementFrame.For(s_mac, IPAddress.Parse("fd00::2")).Should().Equal(
    [
        0x33, 0x33, 0x00, 0x00, 0x00, 0x01,             // h_dest: the group of ff02::1
        0x02, 0x42, 0xac, 0x11, 0x00, 0x02,             // h_source
        0x86, 0xdd,                                     // h_proto: ETH_P_IPV6
        0x60, 0x00, 0x00, 0x00,                         // version, priority, flow_lbl
        0x00, 0x20,                                     // payload_len: 32
        0x3a,                                           // nexthdr: IPPROTO_ICMPV6
        0xff,                                           // hop_limit: nobody has routed it
        0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, // saddr: fd00::2
        0xff, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x01, // daddr: ff02::1
        0x88, 0x00,                                     // icmp6_type: NDISC_NEIGHBOUR_ADVERTISEMENT, icmp6_code
        0xae, 0x44,                                     // icmp6_cksum: the complement of 0x51bb, reckoned by hand
        0x20, 0x00, 0x00, 0x00,                         // not a router, not solicited, override
        0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, // target: fd00::2
        0x02, 0x01,                                     // nd_opt_type: ND_OPT_TARGET_LL_ADDR, nd_opt_len: 8 bytes
        0x02, 0x42, 0xac, 0x11, 0x00, 0x02,             // the target's MAC address
    ]);

    [Fact]
    public void The_checksum_is_that_which_every_receiver_finds_right() =>
        Gen.Select(Gen.Byte.Array[6], Gen.Byte.Array[16]).Sample((mac, address) =>
        {
            byte[] frame = AnnouncementFrame.For(MacAddress.From(mac), new IPAddress(address));

            AnnouncementFrame.ChecksumIcmpV6(frame.AsSpan(22, 16), frame.AsSpan(38, 16), frame.AsSpan(Message)).Should().Be(0);
            OneByOne(frame).Should().Be(0xffff);
        });

    [Fact]
    public void A_damaged_advertisement_is_found_out() =>
        Gen.Select(Gen.Byte.Array[16], Gen.Int[22, 85], Gen.Int[0, 7]).Sample((address, where, bit) =>
        {
            byte[] frame = AnnouncementFrame.For(s_mac, new IPAddress(address));

            frame[where] ^= (byte)(1 << bit);

            AnnouncementFrame.ChecksumIcmpV6(frame.AsSpan(22, 16), frame.AsSpan(38, 16), frame.AsSpan(Message)).Should().NotBe(0);
        });

    /// <summary>The sum in one's complement, another way: a word at a time, the carry added at once.</summary>
    private static int OneByOne(byte[] frame)
    {
        byte[] summed = [.. frame.AsSpan(22, 32), 0, 0, 0, 32, 0, 0, 0, 58, .. frame.AsSpan(Message)];
        int sum = 0;
        for (int i = 0; i < summed.Length; i += 2)
        {
            sum += (summed[i] << 8) | summed[i + 1];
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return sum;
    }
}
