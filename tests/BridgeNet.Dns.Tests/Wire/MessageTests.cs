using CsCheck;

using BridgeNet.Dns.Wire;

namespace BridgeNet.Dns.Tests.Wire;

public sealed class MessageTests
{
    [Fact]
    public void A_header_reads_back_as_it_was_written() =>
        DnsGens.Header.Sample(header =>
        {
            byte[] bytes = new byte[MessageHeader.Size];
            header.Write(bytes);

            MessageHeader.TryRead(bytes, out MessageHeader read).Should().BeTrue();
            read.Should().Be(header);
        });

    [Fact]
    public void Records_read_back_as_they_were_written_with_names_compressed() =>
        Gen.Select(DnsGens.Name, DnsGens.Record.Array[0, 12]).Sample(parts =>
        {
            byte[] message = new byte[8192];
            MessageWriter writer = new(message);
            writer.TryWriteQuestion(parts.Item1, RecordType.A, RecordClass.Internet).Should().BeTrue();
            foreach ((byte[] name, ushort type, ushort @class, uint timeToLive, byte[] data) in parts.Item2)
            {
                writer.TryWriteRecord(name, type, @class, timeToLive, data).Should().BeTrue();
            }
            int length = writer.Finish(new MessageHeader(1, 0, 1, (ushort)parts.Item2.Length, 0, 0));

            MessageReader reader = new(message.AsSpan(0, length));
            Span<byte> asked = new byte[DomainName.MostBytes];
            reader.TryReadQuestion(ref asked, out ushort askedType, out _).Should().BeTrue();
            asked.SequenceEqual(parts.Item1).Should().BeTrue();
            askedType.Should().Be(RecordType.A);
            foreach ((byte[] name, ushort type, ushort @class, uint timeToLive, byte[] data) in parts.Item2)
            {
                reader.TryReadRecord(new byte[DomainName.MostBytes], out ResourceRecord record).Should().BeTrue();
                record.Name.SequenceEqual(name).Should().BeTrue();
                (record.Type, record.Class, record.TimeToLive).Should().Be((type, @class, timeToLive));
                record.Data.SequenceEqual(data).Should().BeTrue();
            }
            reader.Position.Should().Be(length);
        });

    [Fact]
    public void A_record_that_does_not_fit_leaves_the_message_as_it_was() =>
        Gen.Select(DnsGens.RelatedName, DnsGens.Record, Gen.Int[0, 120]).Sample((asked, record, room) =>
        {
            byte[] message = new byte[MessageHeader.Size + asked.Length + 4 + room];
            MessageWriter writer = new(message);
            writer.TryWriteQuestion(asked, RecordType.A, RecordClass.Internet).Should().BeTrue();
            int before = writer.Position;

            bool isWritten = writer.TryWriteRecord(record.Name, record.Type, record.Class, record.TimeToLive, record.Data);

            (writer.Position == before).Should().Be(!isWritten);
            writer.Position.Should().BeLessThanOrEqualTo(message.Length);
        });

    [Fact]
    public void Any_bytes_are_read_or_refused() =>
        Gen.Byte.Array[0, 300].Sample(bytes =>
        {
            _ = Question.Read(bytes, new byte[DomainName.MostBytes], out _);
            MessageReader reader = new(bytes);
            byte[] name = new byte[DomainName.MostBytes];
            while (bytes.Length > MessageHeader.Size && reader.TryReadRecord(name, out _))
            {
                reader.Position.Should().BeLessThanOrEqualTo(bytes.Length);
            }
        });

    [Fact]
    public void A_question_reads_back_in_lower_case() =>
        Gen.Select(DnsGens.Name, Gen.UShort, Gen.UShort).Sample((name, type, @class) =>
        {
            byte[] message = new byte[512];
            MessageWriter writer = new(message);
            _ = writer.TryWriteQuestion(name, type, @class);
            int length = writer.Finish(new MessageHeader(7, HeaderFlags.RecursionDesired, 1, 0, 0, 0));
            byte[] lower = [.. name];
            DomainName.ToLower(lower);

            Question.Read(message.AsSpan(0, length), new byte[DomainName.MostBytes], out Question question).Should().Be(QuestionVerdict.Valid);

            question.Name.SequenceEqual(lower).Should().BeTrue();
            (question.Type, question.Class, question.Header.Id).Should().Be((type, @class, (ushort)7));
        });

    [Fact]
    public void A_question_of_dig_is_read()
    {
        byte[] message =
        [
            0x9f, 0x2e,             // id                     captured: dig +nocookie Web.dns.podman
            0x01, 0x20,             // RD, AD
            0, 1, 0, 0, 0, 0, 0, 1, // one question, one additional record
            3, (byte)'W', (byte)'e', (byte)'b', 3, (byte)'d', (byte)'n', (byte)'s',
            6, (byte)'p', (byte)'o', (byte)'d', (byte)'m', (byte)'a', (byte)'n', 0,
            0, 1, 0, 1,             // A, IN
            0, 0, 41, 0x04, 0xd0,   // OPT, 1232 bytes
            0, 0, 0, 0, 0, 0,       // no extended code, version 0, no options
        ];

        Question.Read(message, new byte[DomainName.MostBytes], out Question question).Should().Be(QuestionVerdict.Valid);

        DomainName.ToText(question.Name).Should().Be("web.dns.podman.");
        question.Edns.Should().Be(new Edns(1232, 0, 0, IsDnssecWanted: false));
        question.Written.Length.Should().Be(20);
    }
}
