using System.Diagnostics;
using System.Net;

using BridgeNet.Dns.Answers;
using BridgeNet.Dns.Forwarding;
using BridgeNet.Dns.Names;
using BridgeNet.Dns.Wire;

namespace BridgeNet.Dns.Serving;

/// <summary>
/// Has other servers answer a container's question. There is always an answer in the end: theirs, SERVFAIL, or REFUSED beyond the limits.
/// </summary>
/// <param name="forwarder">Asks.</param>
/// <param name="resolver">The host's servers.</param>
/// <param name="counters">Counts.</param>
internal sealed class Relay(Forwarder forwarder, ResolverFile resolver, ServerCounters counters)
{
    /// <summary>The most questions under way for one container.</summary>
    public const int MostOfOne = 256;

    /// <summary>The most questions under way for all; each has a socket.</summary>
    public const int MostOfAll = 2048;

    private readonly SourceLimit _limit = new(MostOfOne, MostOfAll);

    /// <summary>Forwards.</summary>
    /// <param name="names">Say whom to ask.</param>
    /// <param name="message">The question; it is not changed.</param>
    /// <param name="source">Who asks.</param>
    /// <param name="gateway">The address that was asked.</param>
    /// <param name="isUdp">Whether the answer must fit a packet as large as the question allows.</param>
    /// <param name="end">When the name server ends.</param>
    public async Task<byte[]> AskAsync(
        NameSnapshot names, byte[] message, HostAddress source, HostAddress gateway, bool isUdp, CancellationToken end)
    {
        if (!_limit.TryEnter(source))
        {
            counters.CountLimited();
            return Write(message, ResponseCode.Refused);
        }
        try
        {
            IReadOnlyList<IPAddress> own = names.AskerAt(source, gateway).Servers;
            // A server that is this one would be asked in a circle.
            IPAddress[] servers = [.. (own.Count > 0 ? own : resolver.Servers).Where(server => !names.ListenAddresses.Contains(server))];
            long start = Stopwatch.GetTimestamp();
            byte[]? answer = await forwarder.AskAsync(message, servers, !isUdp, end).ConfigureAwait(false);
            counters.CountForwarded(Stopwatch.GetElapsedTime(start), answer is not null);
            return answer is null ? Write(message, ResponseCode.ServerFailure) : isUdp ? Fit(message, answer) : answer;
        }
        finally
        {
            _limit.Leave(source);
        }
    }

    private static byte[] Write(byte[] message, ushort code)
    {
        _ = Question.Read(message, stackalloc byte[DomainName.MostBytes], out Question question);
        byte[] answer = new byte[Responder.LeastRoom];
        return answer[..AnswerWriter.WriteCode(question, code, answer)];
    }

    /// <summary>An answer that is longer than the container takes by UDP is cut to nothing: it asks again by TCP.</summary>
    private static byte[] Fit(byte[] message, byte[] answer)
    {
        _ = Question.Read(message, stackalloc byte[DomainName.MostBytes], out Question question);
        if (answer.Length <= question.UdpSize)
        {
            return answer;
        }
        byte[] cut = new byte[Responder.LeastRoom];
        return cut[..AnswerWriter.WriteTruncated(question, (ushort)(answer[3] & HeaderFlags.CodeMask), cut)];
    }
}
