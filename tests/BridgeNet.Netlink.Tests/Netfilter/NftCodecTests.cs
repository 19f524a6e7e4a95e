using BridgeNet.Netlink.Netfilter;
using BridgeNet.Netlink.Wire;
using CsCheck;

namespace BridgeNet.Netlink.Tests.Netfilter;

public class NftCodecTests
{
    private delegate T Reader<out T>(NetlinkMessage message);

    [Fact]
    public void A_table_reads_back_as_it_was_written() =>
        NftGen.Table.Sample(table => ShouldSurvive(table, table.Id.Family, NftTableCodec.Write, NftTableCodec.Read));

    [Fact]
    public void A_chain_reads_back_as_it_was_written() =>
        NftGen.Chain.Sample(chain => ShouldSurvive(chain, chain.Table.Family, NftChainCodec.Write, NftChainCodec.Read));

    [Fact]
    public void A_rule_reads_back_as_it_was_written() =>
        NftGen.Rule.Sample(rule => ShouldSurvive(rule, rule.Table.Family, NftRuleCodec.Write, NftRuleCodec.Read));

    [Fact]
    public void A_set_reads_back_as_it_was_written() =>
        NftGen.Set.Sample(set => ShouldSurvive(set, set.Table.Family, NftSetCodec.Write, NftSetCodec.Read));

    [Fact]
    public void An_element_reads_back_as_it_was_written() =>
        NftGen.Element.Sample(element => ShouldSurvive(
            element, NftFamily.Inet, NftElementCodec.Write, static message => NftElementCodec.Read(message.Attributes<NfGenMessage>())));

    [Fact]
    public void An_object_reads_back_as_it_was_written() =>
        NftGen.Object.Sample(obj => ShouldSurvive(obj, obj.Table.Family, NftObjectCodec.Write, NftObjectCodec.Read));

    [Fact]
    public void An_expression_reads_back_as_it_was_written() =>
        NftGen.Expression.Sample(expression => ShouldSurvive(
            expression, NftFamily.Inet, NftExpressionCodec.Write, static message => NftExpressionCodec.Read(message.Attributes<NfGenMessage>())));

    [Fact]
    public void Attributes_of_a_newer_kernel_are_passed_over() => NftGen.Rule.Sample(rule =>
    {
        NftRule read = Through(
            rule.Table.Family,
            writer =>
            {
                writer.WriteUInt32(4000, 1);
                NftRuleCodec.Write(writer, rule);
                writer.WriteString(4001, "new");
            },
            NftRuleCodec.Read);

        read.Should().Be(rule);
    });

    [Fact]
    public void Any_bytes_are_read_or_refused() => Gen.Byte.Array[0, 256].Sample(ShouldReadOrRefuse);

    [Fact]
    public void Any_change_of_a_byte_is_read_or_refused() =>
        Gen.Select(Written(), Gen.Int[0, 10_000], Gen.Byte).Sample((bytes, index, value) =>
        {
            bytes[index % bytes.Length] = value;
            ShouldReadOrRefuse(bytes);
        });

    [Fact]
    public void A_list_of_elements_is_split_before_it_is_too_long() => NftGen.Element.Array[1, 3000].Sample(
        elements =>
        {
            NetlinkWriter writer = new();
            ReadOnlySpan<NftElement> rest = elements;
            while (!rest.IsEmpty)
            {
                using (NfGenMessage.Begin(writer, NfnlMessage.TablesSubsystem, NftMessageType.NewElement, NetlinkFlags.Create, NftFamily.Inet))
                {
                    NftElementListCodec.Write(writer, new NftTableId(NftFamily.Inet, "t"), "s", ref rest, NftElementCodec.Write);
                }
            }

            List<NftElement> read = [];
            foreach (NetlinkMessage message in new NetlinkDatagram(writer.Written))
            {
                read.AddRange(NftElementListCodec.Read(message));
            }
            read.SequenceEqual(elements).Should().BeTrue();
        },
        iter: 20);

    private static void ShouldSurvive<T>(T record, NftFamily family, Action<NetlinkWriter, T> write, Reader<T?> read) =>
        Through(family, writer => write(writer, record), read).Should().Be(record);

    private static T Through<T>(NftFamily family, Action<NetlinkWriter> write, Reader<T> read)
    {
        NetlinkWriter writer = new();
        using (NfGenMessage.Begin(writer, NfnlMessage.TablesSubsystem, NftMessageType.NewTable, NetlinkFlags.None, family))
        {
            write(writer);
        }
        return read(new NetlinkMessage(writer.Written));
    }

    /// <summary>What lies behind the header of any message of ours.</summary>
    private static Gen<byte[]> Written() => Gen.OneOf(
        NftGen.Rule.Select(rule => Payload(writer => NftRuleCodec.Write(writer, rule))),
        NftGen.Set.Select(set => Payload(writer => NftSetCodec.Write(writer, set))),
        NftGen.Element.Select(element => Payload(writer => NftElementCodec.Write(writer, element))),
        NftGen.Chain.Select(chain => Payload(writer => NftChainCodec.Write(writer, chain))));

    private static byte[] Payload(Action<NetlinkWriter> write) =>
        Through(NftFamily.Inet, write, static message => message.Payload.ToArray());

    private static void ShouldReadOrRefuse(byte[] payload)
    {
        NetlinkWriter writer = new();
        using (writer.Message((NfnlMessage.TablesSubsystem << 8) | NftMessageType.NewRule, NetlinkFlags.None))
        {
            writer.WriteRaw(payload);
        }
        byte[] bytes = writer.Written[..(NetlinkAlignment.MessageHeader + payload.Length)].ToArray();
        Reader<object?>[] readers =
        [
            NftTableCodec.Read, NftChainCodec.Read, NftRuleCodec.Read, NftSetCodec.Read, NftElementListCodec.Read, NftObjectCodec.Read,
            static message => NftElementCodec.Read(message.Attributes<NfGenMessage>()),
            static message => NftExpressionCodec.Read(message.Attributes<NfGenMessage>()),
            NetfilterRequest.Describe,
        ];
        foreach (Reader<object?> reader in readers)
        {
            try
            {
                reader(new NetlinkMessage(bytes));
            }
            catch (NetlinkFormatException)
            {
                // refused
            }
        }
    }
}
