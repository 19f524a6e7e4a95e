namespace BridgeNet.Dns.Wire;

/// <summary>A message that asks one question.</summary>
internal readonly ref struct Question
{
    private const int SmallestName = 1;

    /// <summary>The message's header.</summary>
    public MessageHeader Header { get; private init; }

    /// <summary>The name in lower case, without compression.</summary>
    public ReadOnlySpan<byte> Name { get; private init; }

    /// <summary>As <see cref="RecordType"/>.</summary>
    public ushort Type { get; private init; }

    /// <summary>As <see cref="RecordClass"/>.</summary>
    public ushort Class { get; private init; }

    /// <summary>The question as it was written, behind the header; empty if it cannot be read.</summary>
    public ReadOnlySpan<byte> Written { get; private init; }

    /// <summary>What its OPT record says; null without one.</summary>
    public Edns? Edns { get; private init; }

    /// <summary>The largest answer by UDP, in bytes (RFC 6891, 6.2.3: less than 512 means 512).</summary>
    public int UdpSize => Math.Max((int)(Edns?.UdpSize ?? 0), Wire.Edns.PlainUdpSize);

    /// <summary>Reads a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="nameBuffer">Room for a name of <see cref="DomainName.MostBytes"/>.</param>
    /// <param name="question">The question; for a verdict that calls for an answer, as much of it as can be read.</param>
    public static QuestionVerdict Read(ReadOnlySpan<byte> message, Span<byte> nameBuffer, out Question question)
    {
        question = default;
        if (!MessageHeader.TryRead(message, out MessageHeader header) || (header.Flags & HeaderFlags.Response) != 0)
        {
            return QuestionVerdict.Silence;
        }
        MessageReader reader = new(message);
        Span<byte> name = nameBuffer;
        bool isReadable = TryReadQuestions(ref reader, header.Questions, ref name, out ushort type, out ushort @class);
        Edns? edns = null;
        bool isWhole = isReadable && TryReadEdns(reader, header, out edns);
        // RFC 9619: a query has one question. A compressed name has nothing before it to point at.
        bool isOne = isReadable && header.Questions == 1 && reader.Position - MessageHeader.Size == name.Length + 4;
        DomainName.ToLower(isOne ? name : []);
        question = new Question
        {
            Header = header,
            Name = isOne ? name : [],
            Type = type,
            Class = @class,
            Written = isOne ? message[MessageHeader.Size..reader.Position] : [],
            Edns = edns,
        };
        return !IsQuery(header) ? QuestionVerdict.NotImplemented
            : !isOne || !isWhole ? QuestionVerdict.FormatError
            : edns is { Version: > 0 } ? QuestionVerdict.BadVersion
            : QuestionVerdict.Valid;
    }

    private static bool TryReadQuestions(ref MessageReader reader, int count, ref Span<byte> name, out ushort type, out ushort @class)
    {
        type = @class = 0;
        Span<byte> buffer = name;
        for (int i = 0; i < count; i++)
        {
            name = buffer;
            if (!reader.TryReadQuestion(ref name, out type, out @class))
            {
                return false;
            }
        }
        return true;
    }

    private static bool IsQuery(MessageHeader header) => (header.Flags & HeaderFlags.OperationMask) == 0;

    /// <summary>
    /// Walks through all records. OPT stands among the additional ones, once, with the root's name (RFC 6891, 6.1.1). A wrong one is read all the
    /// same: the answer to a message with OPT has OPT too, whatever the answer is.
    /// </summary>
    private static bool TryReadEdns(MessageReader behindQuestion, MessageHeader header, out Edns? edns)
    {
        edns = null;
        scoped MessageReader reader = behindQuestion;
        Span<byte> name = stackalloc byte[DomainName.MostBytes];
        int before = header.Answers + header.Authorities;
        for (int i = 0; i < before + header.Additionals; i++)
        {
            if (!reader.TryReadRecord(name, out ResourceRecord record))
            {
                return false;
            }
            if (record.Type == RecordType.Options)
            {
                bool isRight = edns is null && i >= before && record.Name.Length == SmallestName;
                edns ??= Wire.Edns.Of(record);
                if (!isRight)
                {
                    return false;
                }
            }
        }
        return true;
    }
}
