using BridgeNet.Dns.Names;
using BridgeNet.Dns.Wire;

namespace BridgeNet.Dns.Answers;

/// <summary>
/// Answers what the names of the host answer, and says what others have to be asked. It allocates nothing once warm. One thread at a time may use it.
/// </summary>
internal sealed class Responder
{
    /// <summary>The least room for an answer.</summary>
    public const int LeastRoom = Edns.PlainUdpSize;

    private readonly List<NameEntry> _found = [];
    private readonly List<HostAddress> _addresses = [];
    private uint _turn = (uint)Environment.TickCount;

    /// <summary>Whether the last answer was that a name does not exist, which a network's file may have by now.</summary>
    public bool IsMissing { get; private set; }

    /// <summary>Answers a message.</summary>
    /// <param name="names">The names of the host.</param>
    /// <param name="message">What came in.</param>
    /// <param name="source">From where.</param>
    /// <param name="gateway">The address that was asked.</param>
    /// <param name="isUdp">Whether the answer must fit a packet as large as the question allows.</param>
    /// <param name="buffer">Room for the answer.</param>
    /// <param name="length">How many bytes the answer has.</param>
    public Outcome Answer(
        NameSnapshot names, ReadOnlySpan<byte> message, HostAddress source, HostAddress gateway, bool isUdp, Span<byte> buffer, out int length)
    {
        length = 0;
        IsMissing = false;
        QuestionVerdict verdict = Question.Read(message, stackalloc byte[DomainName.MostBytes], out Question question);
        Span<byte> room = isUdp ? buffer[..Math.Min(buffer.Length, question.UdpSize)] : buffer;
        switch (verdict)
        {
            case QuestionVerdict.Valid:
                return Answer(names.AskerAt(source, gateway), question, room, out length);
            case QuestionVerdict.FormatError:
                length = AnswerWriter.WriteCode(question, ResponseCode.FormatError, room);
                return Outcome.Answered;
            case QuestionVerdict.NotImplemented:
                length = AnswerWriter.WriteCode(question, ResponseCode.NotImplemented, room);
                return Outcome.Answered;
            case QuestionVerdict.BadVersion:
                length = AnswerWriter.WriteCode(question, ResponseCode.BadVersion, room);
                return Outcome.Answered;
            default:
                return Outcome.Silence;
        }
    }

    private Outcome Answer(Asker asker, Question question, Span<byte> buffer, out int length)
    {
        length = 0;
        if (question.Class is not (RecordClass.Internet or RecordClass.Any)
            || question.Type is (>= RecordType.FirstMeta and <= RecordType.LastMeta) or RecordType.Options)
        {
            length = AnswerWriter.WriteCode(question, ResponseCode.Refused, buffer);
            return Outcome.Answered;
        }
        bool isInZone = LocalZone.Contains(question.Name);
        AnswerWriter answer = new(question, buffer);
        ReadOnlySpan<byte> labels = isInZone ? question.Name[..^LocalZone.Name.Length] : question.Name[..^1];
        ReadOnlySpan<byte> zone = isInZone ? LocalZone.Name : LocalZone.Root;
        bool exists = Find(asker, labels);
        if (_found.Exists(entry => entry.IsContainer))
        {
            length = FinishFound(ref answer, question.Type, zone);
            return Outcome.Answered;
        }
        if (isInZone)
        {
            length = FinishZone(ref answer, question.Type, isApex: labels.IsEmpty, exists);
            IsMissing = !labels.IsEmpty;
            return Outcome.Answered;
        }
        if (ReverseName.TryRead(question.Name, out HostAddress address) && TryAddNames(ref answer, asker, address, question.Type))
        {
            length = FinishNames(ref answer, question.Type, zone);
            return Outcome.Answered;
        }
        // A name of one label can only be a container's: nobody else hears of it. The root itself has none and is other people's.
        bool isSingle = !labels.IsEmpty && labels.Length == labels[0] + 1;
        if (!isSingle && asker.MayForward)
        {
            return Outcome.Forward;
        }
        IsMissing = true;
        answer.AddAuthority(zone);
        length = answer.Finish(exists || labels.IsEmpty ? ResponseCode.NoError : ResponseCode.NonexistentDomain, isOwn: true);
        return Outcome.Answered;
    }

    /// <summary>Collects what the asker's networks have for a name; false if none has anything.</summary>
    private bool Find(Asker asker, ReadOnlySpan<byte> labels)
    {
        _found.Clear();
        for (int i = 0; i < asker.Networks.Count; i++)
        {
            if (asker.Networks[i].TryFind(labels, out NameEntry? entry))
            {
                _found.Add(entry);
            }
        }
        return _found.Count > 0;
    }

    /// <summary>The addresses of a container, each time beginning with another; NODATA without one of the family, and for other types.</summary>
    private int FinishFound(ref AnswerWriter answer, ushort type, ReadOnlySpan<byte> zone)
    {
        _addresses.Clear();
        foreach (NameEntry entry in _found)
        {
            if (type is RecordType.A or RecordType.Any)
            {
                _addresses.AddRange(entry.Addresses4);
            }
            if (type is RecordType.Aaaa or RecordType.Any)
            {
                _addresses.AddRange(entry.Addresses6);
            }
        }
        if (_addresses.Count == 0)
        {
            answer.AddAuthority(zone);
        }
        uint turn = _turn++;
        for (uint i = 0; i < _addresses.Count; i++)
        {
            answer.Add(_addresses[(int)((turn + i) % (uint)_addresses.Count)]);
        }
        return answer.Finish(ResponseCode.NoError, isOwn: true);
    }

    /// <summary>The zone's own name has an SOA record; every other name in it that is no container's does not exist.</summary>
    private static int FinishZone(ref AnswerWriter answer, ushort type, bool isApex, bool exists)
    {
        if (isApex && type is RecordType.StartOfAuthority or RecordType.Any)
        {
            answer.Add(RecordType.StartOfAuthority, LocalZone.StartOfAuthority);
        }
        else
        {
            answer.AddAuthority(LocalZone.Name);
        }
        return answer.Finish(isApex || exists ? ResponseCode.NoError : ResponseCode.NonexistentDomain, isOwn: true);
    }

    /// <summary>Adds all names of a container's address; false if the asker's networks have no such address.</summary>
    private static bool TryAddNames(ref AnswerWriter answer, Asker asker, HostAddress address, ushort type)
    {
        bool isFound = false;
        for (int i = 0; i < asker.Networks.Count; i++)
        {
            if (asker.Networks[i].TryFind(address, out List<byte[]>? names))
            {
                isFound = true;
                for (int n = 0; n < names.Count && type is RecordType.Pointer or RecordType.Any; n++)
                {
                    answer.Add(RecordType.Pointer, names[n]);
                }
            }
        }
        return isFound;
    }

    private static int FinishNames(ref AnswerWriter answer, ushort type, ReadOnlySpan<byte> zone)
    {
        if (type is not (RecordType.Pointer or RecordType.Any))
        {
            answer.AddAuthority(zone);
        }
        return answer.Finish(ResponseCode.NoError, isOwn: true);
    }
}
