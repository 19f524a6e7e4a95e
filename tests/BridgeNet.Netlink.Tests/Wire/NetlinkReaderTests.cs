using CsCheck;
using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Tests;

public sealed class NetlinkReaderTests
{
    [Theory]
    [InlineData(new byte[] { 3, 0, 1, 0 }, "an attribute shorter than its header")]
    [InlineData(new byte[] { 9, 0, 1, 0, 1, 2, 3, 4 }, "an attribute longer than what is there")]
    [InlineData(new byte[] { 4, 0 }, "half a header")]
    [InlineData(new byte[] { 4, 0, 1, 0, 7 }, "a stray byte")]
    public void A_malformed_attribute_is_refused(byte[] bytes, string why)
    {
        Action read = () => Count(bytes);

        read.Should().Throw<NetlinkFormatException>(why);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(21)]
    [InlineData(uint.MaxValue)]
    public void A_message_whose_length_is_not_what_is_there_is_refused(uint length)
    {
        byte[] bytes = Datagram.Message(1, 1, [1, 2, 3, 4]);
        BitConverter.TryWriteBytes(bytes, length).Should().BeTrue();
        Action read = () => CountMessages(bytes);

        read.Should().Throw<NetlinkFormatException>().WithMessage($"*{length}*20*");
    }

    [Fact]
    public void The_last_attribute_needs_no_padding() => Count([5, 0, 1, 0, 7]).Should().Be(1);

    [Fact]
    public void A_header_that_is_not_all_there_is_refused_by_name()
    {
        Action read = () => _ = new NetlinkMessage(Datagram.Message(16, 1, [0, 0, 0, 0])).Header<long>();

        read.Should().Throw<NetlinkFormatException>().WithMessage("message type 16: Int64 has 8 bytes: got 4");
    }

    [Fact]
    public void A_value_of_the_wrong_length_is_refused_by_type()
    {
        Action read = () =>
        {
            new AttributeList([6, 0, 4, 0, 1, 2, 0, 0]).TryFind(4, out AttributeReader mtu).Should().BeTrue();
            _ = mtu.ReadUInt32();
        };

        read.Should().Throw<NetlinkFormatException>().WithMessage("attribute 4: expected 4 bytes, got 2");
    }

    [Fact]
    public void The_bits_that_say_nested_and_network_order_are_not_of_the_type()
    {
        new AttributeList([4, 0, 7, 0xc0]).TryFind(7, out _).Should().BeTrue();
    }

    [Fact]
    public void Any_bytes_are_read_as_attributes_or_refused() =>
        Gen.Byte.Array[0, 256].Sample(bytes => ReadOrRefuse(() => Count(bytes)));

    [Fact]
    public void Any_bytes_are_read_as_messages_or_refused() =>
        Gen.Byte.Array[0, 256].Sample(bytes => ReadOrRefuse(() => CountMessages(bytes)));

    private static void ReadOrRefuse(Func<int> read)
    {
        try
        {
            read().Should().BeGreaterThanOrEqualTo(0);
        }
        catch (NetlinkFormatException)
        {
            // refused is as good as read
        }
    }

    private static int Count(byte[] bytes)
    {
        int count = 0;
        foreach (AttributeReader attribute in new AttributeList(bytes))
        {
            count += attribute.Value.Length >= 0 ? 1 : 0;
        }
        return count;
    }

    private static int CountMessages(byte[] bytes)
    {
        int count = 0;
        foreach (NetlinkMessage message in new NetlinkDatagram(bytes))
        {
            count += message.Payload.Length >= 0 ? 1 : 0;
        }
        return count;
    }
}
