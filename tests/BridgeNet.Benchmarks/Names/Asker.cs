using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

using BridgeNet.Native;

namespace BridgeNet.Benchmarks.Names;

/// <summary>A container's socket that asks a server as fast as it is told to, from one thread.</summary>
internal sealed class Asker : IDisposable
{
    private readonly Socket _socket;
    private readonly byte[] _answer = new byte[600];

    public Asker(Socket socket)
    {
        _socket = socket;
        _socket.ReceiveTimeout = 1000;
    }

    /// <summary>A question for an IPv4 address.</summary>
    public static byte[] Question(string name) =>
    [
        0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0,
        .. name.Split('.').SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]),
        0, 0, 1, 0, 1,
    ];

    /// <summary>
    /// How many answers a second come, with so many questions under way. One system call sends as many as are missing, and one takes all answers
    /// that are there: the asker is not to be what limits the rate.
    /// </summary>
    public double Rate(byte[] question, int underWay, TimeSpan time)
    {
        DatagramBatch questions = new(underWay, question.Length), answers = new(underWay, _answer.Length);
        long start = Stopwatch.GetTimestamp(), count = 0;
        int open = 0;
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            for (; open < underWay; open++)
            {
                question.CopyTo(questions.NextRoom);
                questions.Add(question.Length, address: []);
            }
            _ = questions.Send(_socket.SafeHandle);
            open -= Receive(answers, out int right);
            count += right;
        }
        double rate = count / Stopwatch.GetElapsedTime(start).TotalSeconds;
        for (int received; open > 0 && (received = Receive(answers, out _)) > 0; open -= received)
        {
            // the next measurement begins with nothing on its way
        }
        return rate;
    }

    /// <summary>How long an answer takes, in microseconds: the median of as many questions, one after the other, as the time allows.</summary>
    public double Latency(byte[] question, TimeSpan time)
    {
        List<double> times = [];
        for (long begin = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begin) < time;)
        {
            long start = Stopwatch.GetTimestamp();
            _ = _socket.Send(question);
            _ = Receive();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }
        times.Sort();
        return times[times.Count / 2];
    }

    /// <summary>Sends without a pause and takes no answer until told to stop, on a thread of its own. It is in full flow when this returns.</summary>
    public Thread Flood(byte[] question, CancellationToken stop)
    {
        const int Flow = 20_000;
        ManualResetEventSlim flow = new();
        long sent = 0;
        Thread thread = new(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    _ = _socket.Send(question);
                    if (++sent == Flow)
                    {
                        flow.Set();
                    }
                }
                catch (SocketException)
                {
                    // its own buffer is full
                }
            }
        });
        thread.Start();
        flow.Wait(CancellationToken.None);
        return thread;
    }

    public void Dispose() => _socket.Dispose();

    /// <returns>How many questions are not under way any more: answered, or all lost that nobody answered for a second.</returns>
    private int Receive(DatagramBatch answers, out int right)
    {
        right = 0;
        if (answers.Receive(_socket.SafeHandle, isWaiting: true) is not Errno.None)
        {
            return answers.Places;
        }
        for (; right < answers.Count; right++)
        {
            Check(answers.Content(right));
        }
        return right;
    }

    private bool Receive()
    {
        try
        {
            Check(_answer.AsSpan(0, _socket.Receive(_answer)));
            return true;
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.TimedOut)
        {
            return false;
        }
    }

    private static void Check(ReadOnlySpan<byte> answer)
    {
        if (answer.Length <= 12 || answer[7] != 1)
        {
            throw new InvalidOperationException($"no address in {answer.Length} bytes, code {answer[3] & 15}");
        }
    }
}
