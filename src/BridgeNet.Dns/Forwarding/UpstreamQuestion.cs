using System.Buffers.Binary;

using BridgeNet.Dns.Wire;

namespace BridgeNet.Dns.Forwarding;

/// <summary>A question under a random id of its own, as it is sent to a server, and the check of what comes back (RFC 5452).</summary>
internal sealed class UpstreamQuestion
{
    private readonly ushort _askerId;
    private readonly ushort _id;
    private readonly int _questionEnd;

    /// <summary>Copies a container's question.</summary>
    /// <param name="message">A message that <see cref="Question.Read"/> found valid.</param>
    public UpstreamQuestion(ReadOnlySpan<byte> message)
    {
        _ = Question.Read(message, stackalloc byte[DomainName.MostBytes], out Question question);
        _askerId = question.Header.Id;
        _questionEnd = MessageHeader.Size + question.Written.Length;
        _id = RandomId();
        Message = message.ToArray();
        UdpSize = question.UdpSize;
        BinaryPrimitives.WriteUInt16BigEndian(Message, _id);
    }

    /// <summary>What is sent.</summary>
    public byte[] Message { get; }

    /// <summary>The largest answer that the container takes by UDP.</summary>
    public int UdpSize { get; }

    /// <summary>
    /// Whether a message answers this question: by its id, and the question in it, whatever the spelling. Other messages are somebody's guess.
    /// </summary>
    public bool IsAnsweredBy(ReadOnlySpan<byte> message)
    {
        if (!MessageHeader.TryRead(message, out MessageHeader header) || header.Id != _id || (header.Flags & HeaderFlags.Response) == 0)
        {
            return false;
        }
        if (header.Questions == 0)
        {
            return (header.Flags & HeaderFlags.CodeMask) != ResponseCode.NoError; // a server that could not read it does not repeat it
        }
        return header.Questions == 1
            && message.Length >= _questionEnd
            && IsSame(message[MessageHeader.Size.._questionEnd], Message.AsSpan(MessageHeader.Size, _questionEnd - MessageHeader.Size));
    }

    /// <summary>The answer under the container's own id.</summary>
    public UpstreamResult Accept(ReadOnlySpan<byte> message)
    {
        byte[] answer = message.ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(answer, _askerId);
        return new UpstreamResult(answer, (answer[3] & HeaderFlags.CodeMask) is not (ResponseCode.ServerFailure or ResponseCode.Refused));
    }

    private static bool IsSame(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> lowerLeft = stackalloc byte[DomainName.MostBytes + 4], lowerRight = stackalloc byte[DomainName.MostBytes + 4];
        left.CopyTo(lowerLeft);
        right.CopyTo(lowerRight);
        DomainName.ToLower(lowerLeft[..left.Length]);
        DomainName.ToLower(lowerRight[..right.Length]);
        return lowerLeft[..left.Length].SequenceEqual(lowerRight[..right.Length]);
    }

    /// <summary>Sixteen bits that nobody can guess: .NET takes those of a Guid from the kernel.</summary>
    private static ushort RandomId()
    {
        Span<byte> bytes = stackalloc byte[16];
        _ = Guid.NewGuid().TryWriteBytes(bytes);
        return BinaryPrimitives.ReadUInt16BigEndian(bytes);
    }
}
