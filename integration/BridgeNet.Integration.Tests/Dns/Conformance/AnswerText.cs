using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;

namespace BridgeNet.Integration.Tests.Dns.Conformance;

/// <summary>What a message says, on one line: <c>NOERROR aa rd ra; A 10.89.1.2; EDNS 1232</c>.</summary>
internal sealed class AnswerText
{
    private const int HeaderSize = 12;
    private const int MostListed = 4;

    private static readonly string[] s_codes = ["NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED"];

    private static readonly (int Bit, string Name)[] s_flags =
        [(0x0400, "aa"), (0x0200, "tc"), (0x0100, "rd"), (0x0080, "ra"), (0x0040, "z"), (0x0020, "ad"), (0x0010, "cd")];

    private readonly byte[] _message;
    private readonly List<string> _parts = [];
    private int _at = HeaderSize;
    private int _codeUpper;

    private AnswerText(byte[] message) => _message = message;

    /// <summary>Reads an answer to a question.</summary>
    public static string Of(byte[] answer, byte[] question)
    {
        try
        {
            return new AnswerText(answer).Read(question);
        }
        catch (Exception error) when (error is ArgumentException or IndexOutOfRangeException or InvalidDataException)
        {
            return $"unreadable: {Convert.ToHexString(answer)}";
        }
    }

    private string Read(byte[] question)
    {
        int flags = WordAt(2), questions = WordAt(4);
        string spelling = "";
        for (int i = 0; i < questions; i++)
        {
            int start = _at;
            _ = ReadName();
            _at += 4;
            bool isRepeated = question.AsSpan(HeaderSize).StartsWith(_message.AsSpan(start, _at - start));
            spelling = isRepeated || i > 0 ? spelling : "another question";
        }
        ReadRecords(WordAt(6), "");
        ReadRecords(WordAt(8), "authority ");
        ReadRecords(WordAt(10), "");
        int code = (_codeUpper << 4) | (flags & 0xf);
        string name = code switch
        {
            16 => "BADVERS",
            _ when code < s_codes.Length => s_codes[code],
            _ => $"code {code}",
        };
        string[] head = [name, .. s_flags.Where(flag => (flags & flag.Bit) != 0).Select(flag => flag.Name)];
        string[] oddities =
        [
            spelling,
            WordAt(0) == BinaryPrimitives.ReadUInt16BigEndian(question) ? "" : "another id",
            (flags & 0x8000) != 0 ? "" : "no answer",
            questions == 1 ? "" : questions == 0 ? "no question" : $"{questions} questions",
            (flags & 0x7800) == 0 ? "" : $"opcode {(flags >> 11) & 0xf}",
            _at == _message.Length ? "" : "bytes behind it",
        ];
        return string.Join("; ", [string.Join(' ', head), .. oddities.Where(oddity => oddity.Length > 0), .. _parts]);
    }

    /// <summary>Lists the records of a section in the order of their text, because some servers answer in turn; of many it says how many.</summary>
    private void ReadRecords(int count, string section)
    {
        string[] records = [.. Enumerable.Range(0, count).Select(_ => ReadRecord()).Order(StringComparer.Ordinal)];
        string text = records.Length <= MostListed
            ? string.Join(", ", records)
            : $"{records.Length} {records[0].Split(' ')[0]}";
        if (records.Length > 0)
        {
            _parts.Add(section + text);
        }
    }

    private string ReadRecord()
    {
        string owner = ReadName();
        int type = WordAt(_at), @class = WordAt(_at + 2), length = WordAt(_at + 8), data = _at + 10;
        uint life = BinaryPrimitives.ReadUInt32BigEndian(_message.AsSpan(_at + 4));
        _at = data + length;
        if (type == MessageBytes.Opt)
        {
            _codeUpper = (int)(life >> 24);
            return $"EDNS {@class}{((life & 0x8000) != 0 ? " do" : "")}{(length > 0 ? $" with {length} bytes of options" : "")}";
        }
        ReadOnlySpan<byte> bytes = _message.AsSpan(data, length);
        string text = type switch
        {
            MessageBytes.A => $"A {new IPAddress(bytes)}",
            MessageBytes.Aaaa => $"AAAA {new IPAddress(bytes)}",
            MessageBytes.NS => $"NS {NameAt(data)}",
            MessageBytes.Ptr => $"PTR {NameAt(data)}",
            MessageBytes.SOA => $"SOA of {owner}",
            MessageBytes.MX => $"MX {NameAt(data + 2)}",
            MessageBytes.Txt => $"TXT {Encoding.ASCII.GetString(bytes[1..])}",
            _ => string.Create(CultureInfo.InvariantCulture, $"type {type}"),
        };
        return life == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text} ttl {life}");
    }

    private string NameAt(int place)
    {
        int at = _at;
        _at = place;
        string name = ReadName();
        _at = at;
        return name;
    }

    private string ReadName()
    {
        StringBuilder name = new();
        int at = _at;
        bool hasJumped = false;
        for (int steps = 0; _message[at] != 0; steps++)
        {
            if (steps > _message.Length)
            {
                throw new InvalidDataException("a circle of pointers");
            }
            if (_message[at] >= 0xc0)
            {
                _at = hasJumped ? _at : at + 2;
                hasJumped = true;
                at = WordAt(at) & 0x3fff;
                continue;
            }
            _ = name.Append(Encoding.ASCII.GetString(_message, at + 1, _message[at])).Append('.');
            at += _message[at] + 1;
        }
        _at = hasJumped ? _at : at + 1;
        return name.Length == 0 ? "." : name.ToString();
    }

    private int WordAt(int place) => BinaryPrimitives.ReadUInt16BigEndian(_message.AsSpan(place));
}
