using System.Net;

using BridgeNet.Dns.Wire;

namespace BridgeNet.Dns.Tests;

/// <summary>An answer, read by the rules of the wire.</summary>
internal sealed class Reply
{
    public Reply(ReadOnlySpan<byte> message)
    {
        Bytes = message.ToArray();
        MessageHeader.TryRead(message, out MessageHeader header).Should().BeTrue();
        Header = header;
        MessageReader reader = new(message);
        for (int i = 0; i < header.Questions; i++)
        {
            Span<byte> name = new byte[DomainName.MostBytes];
            reader.TryReadQuestion(ref name, out ushort type, out _).Should().BeTrue();
            Question = $"{DomainName.ToText(name)} {type}";
        }
        Answers = Read(ref reader, header.Answers);
        Authorities = Read(ref reader, header.Authorities);
        Additionals = Read(ref reader, header.Additionals);
        reader.Position.Should().Be(message.Length);
    }

    public byte[] Bytes { get; }

    public MessageHeader Header { get; }

    public string? Question { get; }

    /// <summary>Each as "web.dns.podman. A 10.89.0.2".</summary>
    public string[] Answers { get; }

    public string[] Authorities { get; }

    public string[] Additionals { get; }

    public Edns? Edns { get; private set; }

    public int Code => (Header.Flags & HeaderFlags.CodeMask) | ((Edns?.CodeUpper ?? 0) << 4);

    public bool Has(ushort flag) => (Header.Flags & flag) != 0;

    /// <summary>What follows the type of each answer.</summary>
    public string[] Data => [.. Answers.Select(answer => answer.Split(' ')[2])];

    private string[] Read(ref MessageReader reader, int count)
    {
        List<string> records = [];
        for (int i = 0; i < count; i++)
        {
            reader.TryReadRecord(new byte[DomainName.MostBytes], out ResourceRecord record).Should().BeTrue();
            if (record.Type == RecordType.Options)
            {
                Edns = BridgeNet.Dns.Wire.Edns.Of(record);
            }
            else
            {
                record.TimeToLive.Should().Be(0);
            }
            records.Add($"{DomainName.ToText(record.Name)} {Describe(record)}");
        }
        return [.. records];
    }

    private string Describe(ResourceRecord record)
    {
        Span<byte> name = stackalloc byte[DomainName.MostBytes];
        int at = record.DataStart;
        switch (record.Type)
        {
            case RecordType.A: return $"A {new IPAddress(record.Data)}";
            case RecordType.Aaaa: return $"AAAA {new IPAddress(record.Data)}";
            case RecordType.Pointer:
                DomainName.TryRead(Bytes, ref at, name, out int length).Should().BeTrue();
                return $"PTR {DomainName.ToText(name[..length])}";
            case RecordType.StartOfAuthority:
                DomainName.TryRead(Bytes, ref at, name, out length).Should().BeTrue();
                return $"SOA {DomainName.ToText(name[..length])}";
            case RecordType.Options: return $"OPT {record.Class}";
            default: return $"TYPE{record.Type} {record.Data.Length}";
        }
    }
}
