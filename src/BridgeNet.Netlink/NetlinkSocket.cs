using System.Runtime.ExceptionServices;

using BridgeNet.Native;
using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink;

/// <summary>
/// A conversation with the kernel: write requests into <see cref="Begin"/>'s writer, then execute, query or dump.
/// Every call is synchronous, as the kernel is: it has answered when the send returns. Not safe for concurrent use.
/// </summary>
public abstract class NetlinkSocket : IDisposable
{
    /// <summary>The most attempts at a dump whose list changes meanwhile (NLM_F_DUMP_INTR).</summary>
    public const int DumpAttempts = 8;

    /// <summary>The bytes that a socket's buffer takes by default: half of the usual net.core.wmem_default, 212,992 bytes.</summary>
    private const int UnreservedBytes = 100_000;

    private readonly INetlinkTransport _transport;
    private NetlinkWriter _writer = RequestWriters.Rent();
    private byte[] _answer = AnswerBuffers.Rent();
    private bool _isDisposed;
    private int _reserved = UnreservedBytes;

    private protected NetlinkSocket(INetlinkTransport transport) => _transport = transport;

    /// <summary>Reads one answer.</summary>
    /// <typeparam name="T">What is read from it.</typeparam>
    public delegate T AnswerReader<out T>(NetlinkMessage answer);

    /// <summary>
    /// A number of the network namespace in which the socket was opened, which no other has until the next boot (SO_NETNS_COOKIE); null from a kernel
    /// before 5.14.
    /// </summary>
    public ulong? NamespaceCookie => _transport.NamespaceCookie;

    /// <summary>The socket's writer, empty.</summary>
    public NetlinkWriter Begin()
    {
        _writer.Clear();
        return _writer;
    }

    /// <summary>Sends the written messages in one datagram and reads the outcome of all of them.</summary>
    /// <remarks>rtnetlink continues after a message that failed; an nf_tables batch is one transaction.</remarks>
    /// <exception cref="NetlinkException">The first message that failed, named.</exception>
    public void Execute() => _ = ExecuteHearing<bool>(reader: null);

    /// <summary>As <see cref="Execute"/>, for a last message that asks for one thing; returns its answer.</summary>
    /// <exception cref="NetlinkException">The first message that failed, named; ENOENT or ENODEV where there is no such thing.</exception>
    public T Query<T>(AnswerReader<T> reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        while (true)
        {
            Send();
            if (TryReadAnswer(reader, out T? answer, out int wanted))
            {
                return answer!;
            }
            bool mayRepeat = _writer.FirstSequence == _writer.LastSequence;
            GrowAnswer(mayRepeat ? wanted : throw new NetlinkFormatException($"{DescribeLast()}: an answer of {wanted} bytes is too long"));
        }
    }

    /// <summary>Sends the one message written, a dump, and reads all answers.</summary>
    /// <exception cref="NetlinkException">
    /// The kernel refused, or the list kept changing (EINTR after <see cref="DumpAttempts"/> attempts).
    /// </exception>
    public IReadOnlyList<T> Dump<T>(AnswerReader<T> reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        List<T> answers = [];
        for (int attempt = 0; attempt < DumpAttempts; attempt++)
        {
            answers.Clear();
            Send();
            if (TryReadDump(reader, answers))
            {
                return answers;
            }
        }
        throw new NetlinkException(Errno.EINTR, DescribeLast(), $"the list changed during each of {DumpAttempts} attempts");
    }

    /// <summary>The number of an interface of the socket's namespace; null if there is none of that name.</summary>
    private protected int? FindInterface(InterfaceName name)
    {
        Errno errno = _transport.FindInterface(name.ToString(), out int index);
        return errno is Errno.None ? index : errno is Errno.ENODEV ? null : throw new NetlinkException(errno, $"find link {name}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _transport.Dispose();
            RequestWriters.Return(_writer);
            AnswerBuffers.Return(_answer);
            _answer = [];
        }
        GC.SuppressFinalize(this);
    }

    /// <summary>As <see cref="Execute"/>, of what was written elsewhere; the socket's own writer keeps what is in it.</summary>
    private protected void ExecuteWritten(NetlinkWriter written)
    {
        NetlinkWriter own = _writer;
        written.Renumber(own.LastSequence + 1);
        _writer = written;
        try
        {
            Execute();
        }
        finally
        {
            _writer = own;
            own.ContinueBehind(written.LastSequence);
        }
    }

    /// <summary>Describes a request and its subject for an error's text: <c>create link docker0</c>.</summary>
    internal abstract string Describe(NetlinkMessage request);

    /// <summary>As <see cref="Execute"/>, for a message that asks for its echo (NLM_F_ECHO), the kernel's notification of the change.</summary>
    /// <returns>The default where the kernel sends none: that depends on its age and on the message.</returns>
    internal T? ExecuteHearing<T>(AnswerReader<T>? reader)
    {
        if (_writer.AwaitedSequence == 0)
        {
            _writer.RequestAcknowledgement();
        }
        Send();

        NetlinkOutcome outcome = default;
        bool answered = false;
        T? heard = default;
        while (!answered && TryReceive(ref outcome, out ReadOnlySpan<byte> datagram, out int length))
        {
            foreach (NetlinkMessage message in new NetlinkDatagram(length > datagram.Length ? [] : datagram))
            {
                if (!IsOurs(message))
                {
                    continue;
                }
                if (message.Type is NetlinkMessageType.Error)
                {
                    outcome.Note(message);
                    answered |= message.Sequence == _writer.AwaitedSequence;
                }
                else if (reader is not null)
                {
                    heard = reader(message);
                }
            }
        }
        ThrowIfFailed(outcome, answered);
        return heard;
    }

    private void Send()
    {
        ReadOnlySpan<byte> request = _writer.Written;
        if (request.Length > _reserved)
        {
            _transport.Reserve(request.Length);
            _reserved = request.Length;
        }
        Errno errno = _transport.Send(request);
        if (errno is not Errno.None)
        {
            string? remedy = errno is Errno.EMSGSIZE // in a user namespace wmem_max limits the buffer
                ? $"{request.Length} bytes are more than this process may send at once: raise net.core.wmem_max to as many"
                : null;
            throw new NetlinkException(errno, DescribeLast(), remedy);
        }
    }

    /// <returns>False if the answer did not fit into the buffer, with the bytes that it needs.</returns>
    private bool TryReadAnswer<T>(AnswerReader<T> reader, out T? answer, out int wanted)
    {
        answer = default;
        NetlinkOutcome outcome = default;
        bool answered = false;
        while (!answered && TryReceive(ref outcome, out ReadOnlySpan<byte> datagram, out wanted))
        {
            if (wanted > datagram.Length)
            {
                return false;
            }
            foreach (NetlinkMessage message in new NetlinkDatagram(datagram))
            {
                if (!IsOurs(message))
                {
                    continue;
                }
                if (message.Type is NetlinkMessageType.Error)
                {
                    outcome.Note(message);
                }
                else
                {
                    answer = reader(message);
                }
                answered |= message.Sequence == _writer.LastSequence;
            }
        }
        wanted = 0;
        ThrowIfFailed(outcome, answered);
        return true;
    }

    /// <returns>False if the dump must be begun again.</returns>
    private bool TryReadDump<T>(AnswerReader<T> reader, List<T> answers)
    {
        NetlinkOutcome outcome = default;
        bool interrupted = false, done = false;
        int longest = 0;
        ExceptionDispatchInfo? fault = null;
        while (!done && TryReceive(ref outcome, out ReadOnlySpan<byte> datagram, out int length))
        {
            longest = Math.Max(longest, length);
            if (length > datagram.Length)
            {
                continue; // read to the end: a dump that is half read keeps the socket busy
            }
            try
            {
                done = ReadDumped(datagram, reader, answers, ref outcome, ref interrupted);
            }
            catch (NetlinkFormatException error)
            {
                fault ??= ExceptionDispatchInfo.Capture(error); // read to the end here too
            }
        }
        fault?.Throw();
        bool truncated = longest > _answer.Length;
        ThrowIfFailed(outcome, done || truncated);
        GrowAnswer(longest);
        return !interrupted && !truncated;
    }

    /// <returns>Whether the dump ended.</returns>
    private bool ReadDumped<T>(
        ReadOnlySpan<byte> datagram, AnswerReader<T> reader, List<T> answers, ref NetlinkOutcome outcome, ref bool interrupted)
    {
        bool done = false;
        foreach (NetlinkMessage message in new NetlinkDatagram(datagram))
        {
            if (!IsOurs(message))
            {
                continue;
            }
            interrupted |= (message.Flags & NetlinkFlags.DumpInterrupted) is not NetlinkFlags.None;
            if (message.Type is NetlinkMessageType.Done or NetlinkMessageType.Error)
            {
                outcome.Note(message);
                done = true;
            }
            else if (!interrupted)
            {
                answers.Add(reader(message));
            }
        }
        return done;
    }

    /// <summary>The next datagram; false when none waits. The kernel has queued all answers by the time the send returns.</summary>
    private bool TryReceive(ref NetlinkOutcome outcome, out ReadOnlySpan<byte> datagram, out int length)
    {
        Errno errno;
        while ((errno = _transport.Receive(_answer, out length)) is Errno.ENOBUFS)
        {
            outcome.NoteLoss();
        }
        if (errno is not (Errno.None or Errno.EAGAIN))
        {
            throw new NetlinkException(errno, DescribeLast());
        }
        datagram = _answer.AsSpan(0, Math.Min(length, _answer.Length));
        return errno is Errno.None;
    }

    private void ThrowIfFailed(in NetlinkOutcome outcome, bool answered)
    {
        if (outcome.FailedSequence != 0)
        {
            ExtendedAcknowledgement failure = outcome.Failure;
            throw new NetlinkException(failure.Errno, Describe(outcome.FailedSequence), failure.Message, failure.Offset);
        }
        if (!answered)
        {
            throw outcome.IsLossy
                ? new NetlinkException(Errno.ENOBUFS, DescribeLast(), "the answer was lost for lack of socket buffer")
                : new NetlinkException(Errno.EPROTO, DescribeLast(), "the kernel gave no answer");
        }
    }

    private void GrowAnswer(int wanted)
    {
        if (wanted > _answer.Length)
        {
            AnswerBuffers.Return(_answer);
            _answer = GC.AllocateUninitializedArray<byte>(wanted);
        }
    }

    /// <summary>Whether a message answers the written messages, and not an earlier exchange that ended in an exception.</summary>
    private bool IsOurs(NetlinkMessage message) => message.Sequence >= _writer.FirstSequence && message.Sequence <= _writer.LastSequence;

    private string DescribeLast() => Describe(_writer.LastSequence);

    private string Describe(uint sequence)
    {
        foreach (NetlinkMessage message in new NetlinkDatagram(_writer.Written))
        {
            if (message.Sequence == sequence)
            {
                return Describe(message);
            }
        }
        return "netlink request";
    }
}
