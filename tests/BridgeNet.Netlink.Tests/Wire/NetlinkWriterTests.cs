using System.Net;
using BridgeNet.Netlink.Route;
using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Tests;

public sealed class NetlinkWriterTests
{
    private readonly NetlinkWriter _writer = new();

    [Fact]
    public void Lengths_are_filled_in_when_scopes_end()
    {
        using (_writer.Message(0x10, NetlinkFlags.Acknowledge))
        using (_writer.Nest(18))
        {
            _writer.WriteString(1, "veth");
            _writer.WriteUInt16BigEndian(2, 0x1234);
        }

        _writer.Written.ToArray().Should().Equal(
            0x28, 0, 0, 0, 0x10, 0, 0x05, 0, 1, 0, 0, 0, 0, 0, 0, 0, // 40 bytes, NLM_F_REQUEST | NLM_F_ACK, sequence 1
            0x18, 0, 0x12, 0x80,                                     // 24 bytes, nested
            0x09, 0, 1, 0, 0x76, 0x65, 0x74, 0x68, 0, 0, 0, 0,       // "veth", NUL, padding
            0x06, 0, 2, 0, 0x12, 0x34, 0, 0);
    }

    [Fact]
    public void Every_kind_of_value_reads_back_as_it_was_written()
    {
        using (_writer.Message(1, NetlinkFlags.None))
        {
            _writer.WriteFlag(1);
            _writer.WriteByte(2, 0xfe);
            _writer.WriteUInt16(3, 0xfedc);
            _writer.WriteUInt16BigEndian(4, 0xfedc);
            _writer.WriteUInt32(5, 0xfedcba98);
            _writer.WriteInt32(6, -7);
            _writer.WriteUInt32BigEndian(7, 0xfedcba98);
            _writer.WriteUInt64(8, 0xfedcba9876543210);
            _writer.WriteUInt64BigEndian(9, 0xfedcba9876543210);
            _writer.WriteString(10, "ärger");
            _writer.WriteBytes(11, [1, 2, 3]);
            _writer.WriteOptional(12, IPAddress.Parse("fd00::1"));
        }
        AttributeList attributes = new(_writer.Written[16..]);

        Find(attributes, 1).Value.IsEmpty.Should().BeTrue();
        Find(attributes, 2).ReadByte().Should().Be(0xfe);
        Find(attributes, 3).ReadUInt16().Should().Be(0xfedc);
        Find(attributes, 4).ReadUInt16BigEndian().Should().Be(0xfedc);
        Find(attributes, 5).ReadUInt32().Should().Be(0xfedcba98);
        Find(attributes, 6).ReadInt32().Should().Be(-7);
        Find(attributes, 7).ReadUInt32BigEndian().Should().Be(0xfedcba98);
        Find(attributes, 8).ReadUInt64().Should().Be(0xfedcba9876543210);
        Find(attributes, 9).ReadUInt64BigEndian().Should().Be(0xfedcba9876543210);
        Find(attributes, 10).ReadString().Should().Be("ärger");
        Find(attributes, 11).Value.ToArray().Should().Equal(1, 2, 3);
        Find(attributes, 12).ReadAddress().Should().Be(IPAddress.Parse("fd00::1"));
    }

    [Fact]
    public void Sequence_numbers_go_on_when_the_messages_are_forgotten()
    {
        WriteEmpty();
        WriteEmpty();
        _writer.Clear();
        WriteEmpty();

        new NetlinkMessage(_writer.Written).Sequence.Should().Be(3);
        _writer.Length.Should().Be(16);
    }

    [Fact]
    public void Padding_is_zero_also_in_a_buffer_that_was_used_before()
    {
        using (_writer.Message(1, NetlinkFlags.None))
        {
            _writer.WriteBytes(1, [0xff, 0xff, 0xff, 0xff]);
        }
        _writer.Clear();
        using (_writer.Message(1, NetlinkFlags.None))
        {
            _writer.WriteByte(1, 1);
        }

        _writer.Written[16..].ToArray().Should().Equal(5, 0, 1, 0, 1, 0, 0, 0);
    }

    [Fact]
    public void A_message_may_be_longer_than_the_first_buffer()
    {
        byte[] value = new byte[60_000];
        Random.Shared.NextBytes(value);

        using (_writer.Message(1, NetlinkFlags.None))
        {
            _writer.WriteBytes(1, value);
            _writer.WriteBytes(2, value);
        }

        AttributeList attributes = new(_writer.Written[16..]);
        Find(attributes, 1).Value.SequenceEqual(value).Should().BeTrue();
        Find(attributes, 2).Value.SequenceEqual(value).Should().BeTrue();
    }

    [Fact]
    public void An_attribute_that_no_length_can_say_is_refused()
    {
        Action value = () => _writer.WriteBytes(1, new byte[ushort.MaxValue - 3]);
        Action nest = () =>
        {
            using (_writer.Nest(1))
            {
                _writer.WriteBytes(1, new byte[40_000]);
                _writer.WriteBytes(2, new byte[40_000]);
            }
        };

        value.Should().Throw<NetlinkFormatException>().WithMessage("*65535*");
        nest.Should().Throw<NetlinkFormatException>().WithMessage("*65535*");
    }

    private static AttributeReader Find(AttributeList attributes, ushort type)
    {
        attributes.TryFind(type, out AttributeReader found).Should().BeTrue("attribute {0} was written", type);
        return found;
    }

    private void WriteEmpty()
    {
        using (_writer.Message(1, NetlinkFlags.None))
        {
        }
    }
}
