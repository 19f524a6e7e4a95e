using System.Net;
using System.Net.Sockets;

using BridgeNet.Netlink.Netfilter;

using CsCheck;

namespace BridgeNet.Netlink.Tests;

/// <summary>What iptables-nft would write, and reads.</summary>
public sealed class XtExtensionTests
{
    private const string Six = "fd200100020000000000000000000001";

    [Fact]
    public void Ports_read_back_as_they_were_written() => Gen.UShort.Array[1, XtExtension.MostPorts].Sample(ports =>
        XtExtension.ReadDestinationPorts(XtExtension.DestinationPorts(ports)).Should().Equal(ports));

    [Fact]
    public void A_comment_reads_back_as_it_was_written() => Gen.String[Gen.Char.AlphaNumeric, 0, 255].Sample(text =>
        XtExtension.ReadComment(XtExtension.Comment(text)).Should().Be(text));

    [Fact]
    public void Whatever_bytes_an_extension_has_are_read_or_refused() => Gen.Byte.Array[0, 300].Sample(bytes =>
    {
        CompatExpression expression = new() { IsTarget = false, Extension = "multiport", Revision = 1, Information = new NftValue(bytes) };

        _ = XtExtension.ReadDestinationPorts(expression);
        _ = XtExtension.ReadComment(expression with { Extension = "comment" });
        for (uint revision = 0; revision < 4; revision++)
        {
            _ = XtExtension.ReadDestinationNat(expression with { IsTarget = true, Extension = "DNAT", Revision = revision }, NftFamily.IPv6);
        }
    });

    [Fact]
    public void A_target_address_is_in_the_place_where_iptables_has_it() =>
        Convert.ToHexStringLower(XtExtension.DestinationNat(IPAddress.Parse("10.9.0.2"), 80).Information.Bytes).Should().Be(
            "03000000" // flags: addresses and ports
            + "0a090002000000000000000000000000" // min_addr
            + "0a090002000000000000000000000000" // max_addr
            + "00500050" // min_proto, max_proto
            + "0000" // base_proto
            + "000000000000"); // up to a multiple of 8

    [Fact]
    public void A_range_of_target_ports_is_in_the_place_where_iptables_has_it() =>
        Convert.ToHexStringLower(XtExtension.DestinationNat(IPAddress.Parse("10.89.1.2"), 9000, 9002, 9000).Information.Bytes).Should().Be(
            "23000000" // flags: addresses, ports and an offset; captured: strace -xx iptables … -j DNAT --to-destination 10.89.1.2:9000-9002/9000
            + "0a590102000000000000000000000000" // min_addr
            + "0a590102000000000000000000000000" // max_addr
            + "2328232a" // min_proto, max_proto
            + "2328" // base_proto
            + "000000000000"); // up to a multiple of 8

    [Theory]
    [InlineData("10.9.0.2")]
    [InlineData("fd00::2")]
    [InlineData("fd00::")]
    public void A_target_address_reads_back_as_it_was_written(string text)
    {
        IPAddress address = IPAddress.Parse(text);

        NftFamily family = address.AddressFamily is AddressFamily.InterNetwork ? NftFamily.IPv4 : NftFamily.IPv6;

        XtExtension.ReadDestinationNat(XtExtension.DestinationNat(address, 80), family).Should().Be(address);
    }

    [Theory]
    [InlineData("100.1.100.1", 0, "0100000001000000" + "64016401" + "64016401" + "0000000000000000")]
    [InlineData("fd20:100:200::1", 1, "01000000" + Six + Six + "00000000")]
    public void A_source_address_is_in_the_place_where_iptables_has_it(string address, int revision, string captured)
    {
        CompatExpression target = XtExtension.SourceNat(IPAddress.Parse(address)); // captured: strace -xx iptables … -j SNAT --to-source

        target.Should().BeEquivalentTo(new { IsTarget = true, Extension = "SNAT", Revision = (uint)revision });
        Convert.ToHexStringLower(target.Information.Bytes).Should().Be(captured);
    }

    [Fact]
    public void Ports_of_sctp_are_in_the_place_where_iptables_has_them() =>
        Convert.ToHexStringLower(XtExtension.SctpDestinationPorts(8081, 8083).Information.Bytes).Should().Be(
            "911f931f00000000" // dpts, spts; captured: strace -xx iptables … -p sctp --dport 8081:8083
            + new string('0', 512) // chunkmap
            + "00000000" // chunk_match_type
            + "ff0000ff0000ff0000ff0000" // flag_info
            + "00000000" // flag_count
            + "02000000" // flags
            + "00000000" // invflags
            + "00000000"); // up to a multiple of 8

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    public void Too_few_or_too_many_ports_are_refused(int count)
    {
        Action write = () => XtExtension.DestinationPorts(new ushort[count]);

        write.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void A_comment_of_more_than_255_bytes_is_refused()
    {
        Action write = () => XtExtension.Comment(new string('x', 256));

        write.Should().Throw<ArgumentException>();
    }
}
