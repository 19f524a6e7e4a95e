using System.Net;

using BridgeNet.Dns.Serving;

namespace BridgeNet.Dns.Tests.Serving;

public sealed class FairQueueTests
{
    private readonly FairQueue _queue = new();

    [Fact]
    public void Askers_take_turns_and_each_one_s_questions_keep_their_order()
    {
        foreach ((byte asker, byte question) in ((byte, byte)[])[(1, 10), (1, 11), (1, 12), (2, 20), (3, 30), (3, 31)])
        {
            Add(asker, question).Should().BeTrue();
        }

        TakeAll().Should().Equal(10, 20, 30, 11, 31, 12);
    }

    [Fact]
    public void An_asker_has_so_many_places_and_leaves_the_others_theirs()
    {
        for (int i = 0; i < FairQueue.MostOfOne; i++)
        {
            Add(1, 1).Should().BeTrue();
        }

        Add(1, 1).Should().BeFalse();
        Add(2, 2).Should().BeTrue();

        _queue.Count.Should().Be(FairQueue.MostOfOne + 1);
        TakeAll().Take(3).Should().Equal(1, 2, 1);
    }

    [Fact]
    public void A_full_queue_takes_no_more_and_goes_on_when_it_is_emptied()
    {
        for (int i = 0; i < FairQueue.MostOfAll; i++)
        {
            Add((byte)(i / FairQueue.MostOfOne), 1).Should().BeTrue();
        }

        Add(200, 2).Should().BeFalse();

        TakeAll().Should().HaveCount(FairQueue.MostOfAll);
        Add(200, 2).Should().BeTrue();
        TakeAll().Should().Equal(2);
    }

    [Fact]
    public void Who_was_dropped_has_no_more_turns_than_others_afterwards()
    {
        for (int i = 0; i < FairQueue.MostOfAll; i++)
        {
            Add((byte)(i / FairQueue.MostOfOne), 1);
        }
        for (int i = 0; i < 3; i++)
        {
            Add(200, 2).Should().BeFalse();
        }
        _queue.TryTake(out _).Should().BeTrue();
        Add(200, 2).Should().BeTrue();
        _queue.TryTake(out _).Should().BeTrue();
        Add(200, 2).Should().BeTrue();

        List<byte> taken = TakeAll();

        int first = taken.IndexOf(2), second = taken.LastIndexOf(2);
        (second - first).Should().Be((FairQueue.MostOfAll / FairQueue.MostOfOne) + 1, "the others have their turns in between");
    }

    [Fact]
    public void A_long_question_is_kept_whole()
    {
        byte[] message = [.. Enumerable.Range(0, 4000).Select(i => (byte)i)];
        WaitingQuestion question = _queue.Rent();
        question.Take(message, SourceOf(1));
        _queue.Add(question);

        _queue.TryTake(out WaitingQuestion? taken).Should().BeTrue();

        taken!.Message.ToArray().Should().Equal(message);
    }

    private bool Add(byte asker, byte question)
    {
        WaitingQuestion waiting = _queue.Rent();
        waiting.Take([question], SourceOf(asker));
        return _queue.Add(waiting);
    }

    private static byte[] SourceOf(byte asker)
    {
        SocketAddress source = new IPEndPoint(new IPAddress([10, 0, 0, asker]), 1000).Serialize();
        return [.. source.Buffer.Span[..source.Size]];
    }

    private List<byte> TakeAll()
    {
        List<byte> taken = [];
        while (_queue.TryTake(out WaitingQuestion? question))
        {
            taken.Add(question.Message[0]);
            _queue.Return(question);
        }
        return taken;
    }
}
