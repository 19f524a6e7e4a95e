using System.Net;

using BridgeNet.Native;
using BridgeNet.Netlink.Netfilter;
using BridgeNet.Netlink.Tracing;
using BridgeNet.Netlink.Wire;
using BridgeNet.TestKit;

using CsCheck;

namespace BridgeNet.Netlink.Tests.Tracing;

/// <summary>The trace's text of messages that other programs and this library wrote.</summary>
public sealed class DatagramTextTests
{
    private static readonly NftTableId s_table = new(NftFamily.Inet, "sample");

    [Theory]
    [InlineData("create-veth")]
    [InlineData("create-bridge")]
    [InlineData("add-address-ipv4")]
    [InlineData("add-default-route")]
    [InlineData("set-neighbour")]
    [InlineData("add-redirect")]
    [InlineData("address-generation")]
    public void A_request_of_iproute2_is_decoded(string name) =>
        Golden.Verify($"{name}.txt", Request(NetlinkProtocol.Route, HexFile.Read("Route", $"{name}.hex")));

    [Fact]
    public void A_transaction_of_nf_tables_is_decoded()
    {
        using ScriptedKernel kernel = new ScriptedKernel()
            .Answer(first => Enumerable.Range((int)first, 8).Select(sequence => Acknowledged((uint)sequence)));
        using NetfilterSocket socket = new(kernel);
        NftSet ports = new() { Table = s_table, Name = "ports", KeyTypes = [NftType.Service], DataTypes = [NftType.IPv4Address], HasCounters = true };
        NftChain chain = new() { Table = s_table, Name = "first" };
        NftElement element = new() { Key = NftValue.Port(8080), Data = NftValue.Address(IPAddress.Loopback), Comment = "web" };

        socket.Transaction()
            .CreateTable(new NftTable { Id = s_table })
            .CreateChain(chain)
            .CreateSet(ports)
            .AddElements(s_table, "ports", [element])
            .AddRule(chain.Rule().Jump("second"))
            .Commit();

        Golden.Verify("transaction.txt", Request(NetlinkProtocol.Netfilter, kernel.Sent[0]));
    }

    [Fact]
    public void An_error_shows_its_name_and_the_kernels_words() =>
        Reply(NetlinkProtocol.Route, Datagram.Error(7, Errno.EINVAL, "mtu less than device minimum", 36))
            .Should().Be("test <- NLMSG_ERROR CAPPED|ACK_TLVS seq=7 len=80 EINVAL (Invalid argument) \"mtu less than device minimum\" at byte 36\n");

    [Fact]
    public void An_acknowledgement_is_ok() =>
        Reply(NetlinkProtocol.Netfilter, Datagram.Acknowledgement(7)).Should().Be("test <- NLMSG_ERROR CAPPED seq=7 len=36 ok\n");

    [Fact]
    public void Control_characters_do_not_break_a_line()
    {
        byte[] payload = [.. new byte[16], .. Datagram.Payload(writer => writer.WriteString(3, "a\nb\"c"))];

        string text = Reply(NetlinkProtocol.Route, Datagram.Message(16, 1, payload));

        text.Should().EndWith("    IFLA_IFNAME \"a\\u000ab\\u0022c\"\n");
    }

    [Fact]
    public void An_unknown_attribute_is_shown_by_its_number_and_a_marked_nest_is_opened()
    {
        byte[] payload = Datagram.Payload(writer =>
        {
            writer.WriteUInt32(900, 1);
            using (writer.Nest(901))
            {
                writer.WriteByte(1, 2);
                writer.WriteByte(2, 3);
            }
        });

        string text = Reply(NetlinkProtocol.Route, Datagram.Message(16, 1, [.. new byte[16], .. payload]));

        text.Should().EndWith("\n    900 0x01000000\n    901\n        1 0x02\n        2 0x03\n");
    }

    [Fact]
    public void Bytes_that_are_no_message_are_shown_as_bytes() =>
        Reply(NetlinkProtocol.Route, [1, 2, 3]).Should().Be("test <- malformed 0x010203\n");

    [Fact]
    public void Nests_without_end_are_shown_to_a_depth()
    {
        byte[] nests = [];
        for (int depth = 0; depth < 1000; depth++)
        {
            nests = Datagram.Payload(writer =>
            {
                using (writer.Nest(1))
                {
                    writer.WriteRaw(nests);
                }
            });
        }

        Reply(NetlinkProtocol.Netfilter, Datagram.Message(0xff00, 1, nests)).Length.Should().BeLessThan(1000);
    }

    [Fact]
    public void Any_bytes_are_decoded() => Gen.Select(Gen.Enum<NetlinkProtocol>(), Gen.Bool, Gen.Byte.Array[0, 256])
        .Sample((protocol, isRequest, bytes) => new DatagramText(protocol, isRequest, "test").Decode(bytes).Should().NotBeNull());

    [Fact]
    public void Any_payload_of_any_type_is_decoded() => Gen.Select(Gen.Enum<NetlinkProtocol>(), Gen.Bool, Types, Gen.UShort, Gen.Byte.Array[0, 256])
        .Sample((protocol, isRequest, type, flags, payload) =>
        {
            byte[] message = Datagram.Message(type, 1, payload, (NetlinkFlags)flags);

            new DatagramText(protocol, isRequest, "test").Decode(message).Should().StartWith("test ");
        });

    private static Gen<ushort> Types => Gen.OneOf(Gen.UShort[0, 120], Gen.UShort[0x100, 0x110], Gen.UShort[0xa00, 0xa20], Gen.UShort);

    private static Datagram Acknowledged(uint sequence) => Datagram.Of(Datagram.Acknowledgement(sequence));

    private static string Request(NetlinkProtocol protocol, byte[] bytes) => new DatagramText(protocol, isRequest: true, "test ->").Decode(bytes);

    private static string Reply(NetlinkProtocol protocol, byte[] bytes) => new DatagramText(protocol, isRequest: false, "test <-").Decode(bytes);
}
