using BridgeNet.Repairs;
using BridgeNet.Tests.State;

namespace BridgeNet.Tests.Repairs;

public sealed class RepairDelayTests
{
    private readonly ManualClock _time = new();
    private readonly RepairDelay _delay;

    public RepairDelayTests() => _delay = new RepairDelay(_time);

    [Fact]
    public void Nothing_happens_for_ever() => _delay.Left(isIdle: true).Should().Be(Timeout.InfiniteTimeSpan);

    [Fact]
    public void What_concerns_nobody_is_not_waited_for()
    {
        _delay.Note(RepairUrgency.None);

        _delay.Left(isIdle: true).Should().Be(Timeout.InfiniteTimeSpan);
    }

    [Fact]
    public void A_loss_is_repaired_at_once()
    {
        _delay.Note(RepairUrgency.Soon);
        _delay.Note(RepairUrgency.Now);

        _delay.Left(isIdle: true).Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public void Events_that_follow_a_loss_are_taken_for_fifty_milliseconds()
    {
        _delay.Note(RepairUrgency.Now);
        Pass(30);
        _delay.Note(RepairUrgency.Now);

        Left(isIdle: false).Should().Be(20);
        Pass(20);
        Left(isIdle: false).Should().Be(0);
    }

    [Fact]
    public void Other_changes_are_looked_at_when_they_pause()
    {
        _delay.Note(RepairUrgency.Soon);
        Pass(80);
        _delay.Note(RepairUrgency.Soon);

        Left().Should().Be(100);
        Pass(100);
        Left().Should().Be(0);
    }

    [Fact]
    public void Changes_that_never_pause_are_looked_at_after_half_a_second()
    {
        for (int passed = 0; passed < 480; passed += 60)
        {
            _delay.Note(RepairUrgency.Soon);
            Left(isIdle: false).Should().BePositive();
            Pass(60);
        }
        _delay.Note(RepairUrgency.Soon);

        Left().Should().Be(20);
        Pass(25);
        Left().Should().Be(0);
    }

    private double Left(bool isIdle = true) => _delay.Left(isIdle).TotalMilliseconds;

    private void Pass(double milliseconds) => _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
}
