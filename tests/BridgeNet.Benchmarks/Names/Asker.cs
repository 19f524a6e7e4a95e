using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

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

    /// <summary>How many answers a second come, with so many questions under way.</summary>
    public double Rate(byte[] question, int underWay, TimeSpan time)
    {
        long start = Stopwatch.GetTimestamp(), count = 0;
        int open = 0;
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            for (; open < underWay; open++)
            {
                _ = _socket.Send(question);
            }
            count += Receive() ? 1 : 0;
            open--;
        }
        double rate = count / Stopwatch.GetElapsedTime(start).TotalSeconds;
        while (open-- > 0 && Receive())
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

    private bool Receive()
    {
        try
        {
            int length = _socket.Receive(_answer);
            return length > 12 && _answer[7] == 1
                ? true
                : throw new InvalidOperationException($"no address in {length} bytes, code {_answer[3] & 15}");
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.TimedOut)
        {
            return false;
        }
    }
}
