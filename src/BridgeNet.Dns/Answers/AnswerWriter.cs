using BridgeNet.Dns.Names;
using BridgeNet.Dns.Wire;

namespace BridgeNet.Dns.Answers;

/// <summary>Writes the answer to a question: its header, question and OPT record follow from the question and the code.</summary>
internal ref struct AnswerWriter
{
    /// <summary>The largest message that we take by UDP: one that is not fragmented on any usual path.</summary>
    public const ushort OwnUdpSize = 1232;

    private readonly MessageHeader _asked;
    private readonly Edns? _edns;
    private MessageWriter _writer;
    private ushort _answers;
    private ushort _authorities;
    private bool _isCut;

    /// <summary>Begins an answer in a buffer that is as long as the answer may be.</summary>
    public AnswerWriter(Question question, Span<byte> buffer)
    {
        _asked = question.Header;
        _edns = question.Edns;
        _writer = new MessageWriter(_edns is null ? buffer : buffer[..^Edns.RecordSize]);
        _writer.CopyQuestion(question.Written);
        HasQuestion = !question.Written.IsEmpty;
        Buffer = buffer;
    }

    private bool HasQuestion { get; }

    private Span<byte> Buffer { get; }

    /// <summary>Adds an address.</summary>
    public void Add(HostAddress address)
    {
        Span<byte> data = stackalloc byte[HostAddress.Bytes6];
        Add(address.IsIPv4 ? RecordType.A : RecordType.Aaaa, data[..address.Write(data)]);
    }

    /// <summary>Adds a record with the question's name. Once one does not fit, TC says so, and no other is tried.</summary>
    public void Add(ushort type, scoped ReadOnlySpan<byte> data)
    {
        if (!_isCut && _writer.TryWriteAnswer(type, LocalZone.TimeToLive, data))
        {
            _answers++;
        }
        else
        {
            _isCut = true;
        }
    }

    /// <summary>Adds the SOA record that makes NODATA and NXDOMAIN complete (RFC 2308, 2).</summary>
    public void AddAuthority(scoped ReadOnlySpan<byte> zone)
    {
        if (_writer.TryWriteRecord(
            zone, RecordType.StartOfAuthority, RecordClass.Internet, LocalZone.TimeToLive, LocalZone.StartOfAuthority))
        {
            _authorities++;
        }
    }

    /// <summary>Ends the answer.</summary>
    /// <param name="code">As <see cref="ResponseCode"/>.</param>
    /// <param name="isOwn">Whether the server knows it of its own (AA).</param>
    /// <returns>How many bytes it has.</returns>
    public int Finish(ushort code, bool isOwn)
    {
        if (_edns is { } asked)
        {
            MessageWriter whole = new(Buffer) { Position = _writer.Position };
            _ = whole.TryWriteEdns(new Edns(OwnUdpSize, (byte)(code >> 4), 0, asked.IsDnssecWanted));
            _writer = whole;
        }
        // The answer says nothing of validation: AD is off. CD is repeated (RFC 4035, 3.2.2), as are the operation and RD.
        const int Repeated = HeaderFlags.OperationMask | HeaderFlags.RecursionDesired | HeaderFlags.CheckingDisabled;
        int flags = HeaderFlags.Response | HeaderFlags.RecursionAvailable | (_asked.Flags & Repeated) | (code & HeaderFlags.CodeMask)
            | (isOwn ? HeaderFlags.Authoritative : 0) | (_isCut ? HeaderFlags.Truncated : 0);
        return _writer.Finish(new MessageHeader(
            _asked.Id, (ushort)flags, (ushort)(HasQuestion ? 1 : 0), _answers, _authorities, (ushort)(_edns is null ? 0 : 1)));
    }

    /// <summary>An answer without records.</summary>
    public static int WriteCode(Question question, ushort code, Span<byte> buffer) => new AnswerWriter(question, buffer).Finish(code, isOwn: false);

    /// <summary>An answer without records that says that the whole of it is too long for UDP.</summary>
    public static int WriteTruncated(Question question, ushort code, Span<byte> buffer)
    {
        AnswerWriter answer = new(question, buffer) { _isCut = true };
        return answer.Finish(code, isOwn: false);
    }
}
