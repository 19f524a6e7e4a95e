using System.Diagnostics.CodeAnalysis;

using BridgeNet.Dns.Names;

namespace BridgeNet.Dns.Serving;

/// <summary>
/// Questions that wait for a listener's thread. Those who ask take turns, so a container that floods the server waits for itself alone; what does not
/// fit its places is dropped, as the kernel drops what does not fit a socket. One thread may use it.
/// </summary>
internal sealed class FairQueue
{
    /// <summary>The most questions of one source address that wait.</summary>
    public const int MostOfOne = 256;

    /// <summary>The most questions that wait.</summary>
    public const int MostOfAll = 4096;

    private readonly Dictionary<HostAddress, Queue<WaitingQuestion>> _waiting = [];
    private readonly Queue<HostAddress> _turns = new();
    private readonly Stack<WaitingQuestion> _free = new();
    private readonly Stack<Queue<WaitingQuestion>> _freeQueues = new();

    /// <summary>How many wait.</summary>
    public int Count { get; private set; }

    /// <summary>Room for the next datagram.</summary>
    public WaitingQuestion Rent() => _free.TryPop(out WaitingQuestion? question) ? question : new WaitingQuestion();

    /// <summary>Gives room back.</summary>
    public void Return(WaitingQuestion question) => _free.Push(question);

    /// <summary>Lets a question wait for its turn, or drops it.</summary>
    /// <returns>Whether it waits.</returns>
    public bool Add(WaitingQuestion question)
    {
        if (Count >= MostOfAll)
        {
            Return(question);
            return false;
        }
        if (!_waiting.TryGetValue(question.Asker, out Queue<WaitingQuestion>? queue))
        {
            queue = _freeQueues.TryPop(out Queue<WaitingQuestion>? free) ? free : new Queue<WaitingQuestion>();
            _waiting.Add(question.Asker, queue);
            _turns.Enqueue(question.Asker);
        }
        if (queue.Count >= MostOfOne)
        {
            Return(question);
            return false;
        }
        queue.Enqueue(question);
        Count++;
        return true;
    }

    /// <summary>The first question of whoever's turn it is; that one is the last in turn then.</summary>
    public bool TryTake([NotNullWhen(true)] out WaitingQuestion? question)
    {
        while (_turns.TryDequeue(out HostAddress asker))
        {
            if (!_waiting.TryGetValue(asker, out Queue<WaitingQuestion>? queue))
            {
                continue;
            }
            question = queue.Dequeue();
            Count--;
            if (queue.Count == 0)
            {
                Forget(asker, queue);
            }
            else
            {
                _turns.Enqueue(asker);
            }
            return true;
        }
        question = null;
        return false;
    }

    private void Forget(HostAddress asker, Queue<WaitingQuestion> queue)
    {
        _ = _waiting.Remove(asker);
        _freeQueues.Push(queue);
    }
}
