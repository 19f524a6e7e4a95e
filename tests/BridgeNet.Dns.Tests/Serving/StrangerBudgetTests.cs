using BridgeNet.Dns.Serving;

namespace BridgeNet.Dns.Tests.Serving;

public sealed class StrangerBudgetTests
{
    private const int Answer = 3 * 1024; // 4 KiB with what the kernel needs besides

    private readonly Clock _clock = new();

    [Fact]
    public void A_megabyte_goes_at_once_and_then_as_much_as_time_gives()
    {
        StrangerBudget budget = new(room: 8 * 1024 * 1024, _clock);

        Spend(budget).Should().Be(256);
        _clock.Now += TimeSpan.FromSeconds(1).Ticks;
        Spend(budget).Should().Be(64);
        _clock.Now += TimeSpan.FromDays(1).Ticks;
        Spend(budget).Should().Be(256, "what was not used is not saved up");
    }

    [Fact]
    public void It_is_a_quarter_of_a_small_socket() => Spend(new StrangerBudget(room: 400 * 1024, _clock)).Should().Be(25);

    private static int Spend(StrangerBudget budget)
    {
        int count = 0;
        while (budget.TrySpend(Answer))
        {
            count++;
        }
        return count;
    }

    private sealed class Clock : TimeProvider
    {
        public long Now { get; set; } = 1000;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now;
    }
}
