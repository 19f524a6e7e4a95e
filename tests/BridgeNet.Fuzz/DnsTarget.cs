using System.Net;
using System.Text;

using BridgeNet.Dns.Answers;
using BridgeNet.Dns.Names;
using BridgeNet.Dns.Wire;

namespace BridgeNet.Fuzz;

/// <summary>What containers and upstream servers send to the name server, and the files that it reads.</summary>
internal static class DnsTarget
{
    // Instrumented code runs once the campaign has begun, not before.
    private static readonly Lazy<NameSnapshot> s_names = new(Names);
    private static readonly Lazy<Responder> s_responder = new(static () => new Responder());
    private static readonly byte[] s_answer = new byte[4096];

    /// <summary>Parts of messages.</summary>
    public static byte[][] Words { get; } =
    [
        "\u0003web"u8.ToArray(),
        "\u0003dns\u0006podman\0"u8.ToArray(),
        "\u0001a\u0001b\0"u8.ToArray(),
        "\u00012\u00011\u000289\u000210\u0007in-addr\u0004arpa\0"u8.ToArray(),
        "\u0003ip6\u0004arpa\0"u8.ToArray(),
        [0, 1, 0, 1],
        [0, 28, 0, 1],
        [0, 255, 0, 255],
        [0, 12, 0, 1],
        [0, 0, 41, 4, 0xd0, 0, 0, 0x80, 0, 0, 0],
        [0xc0, 0x0c],
        [0xc0, 0x00],
        [1, 0, 0, 1, 0, 0, 0, 0, 0, 1],
        [0x3f],
        [0x40],
    ];

    /// <summary>Reads the bytes as a question, as records and as a network's file. An answer to them must be readable and fit.</summary>
    public static void Decode(ReadOnlySpan<byte> input)
    {
        HostAddress source = HostAddress.Of(IPAddress.Parse("10.89.1.2")), gateway = HostAddress.Of(IPAddress.Parse("10.89.1.1"));
        if (s_responder.Value.Answer(s_names.Value, input, source, gateway, isUdp: true, s_answer, out int length) == Outcome.Answered)
        {
            Check(s_answer.AsSpan(0, length));
        }
        byte[] name = new byte[DomainName.MostBytes];
        MessageReader reader = new(input);
        while (input.Length > MessageHeader.Size && reader.TryReadRecord(name, out ResourceRecord record))
        {
            _ = DomainName.ToText(record.Name);
            _ = ReverseName.TryRead(record.Name, out _);
        }
        _ = NetworkFile.TryParse("n%int", Encoding.UTF8.GetString(input), out NetworkFile? file, out _);
        _ = file is null ? null : new NameSnapshot([file]);
    }

    private static void Check(ReadOnlySpan<byte> answer)
    {
        MessageReader reader = new(answer);
        byte[] name = new byte[DomainName.MostBytes];
        bool isReadable = MessageHeader.TryRead(answer, out MessageHeader header) && (header.Flags & HeaderFlags.Response) != 0;
        for (int i = 0; isReadable && i < header.Questions; i++)
        {
            Span<byte> asked = name;
            isReadable = reader.TryReadQuestion(ref asked, out _, out _);
        }
        for (int i = 0; isReadable && i < header.Answers + header.Authorities + header.Additionals; i++)
        {
            isReadable = reader.TryReadRecord(name, out _);
        }
        if (!isReadable || reader.Position != answer.Length)
        {
            throw new InvalidOperationException($"the answer {Convert.ToHexStringLower(answer)} cannot be read");
        }
    }

    private static NameSnapshot Names()
    {
        _ = NetworkFile.TryParse("n", "10.89.1.1\nc 10.89.1.2 fd00::2 web,a.b\nd 10.89.1.3  web\n", out NetworkFile? file, out _);
        return new NameSnapshot([file!]);
    }
}
