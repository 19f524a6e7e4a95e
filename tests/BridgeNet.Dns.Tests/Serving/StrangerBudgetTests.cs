using BridgeNet.Dns.Serving;

namespace BridgeNet.Dns.Tests.Serving;

public sealed class StrangerBudgetTests
{
    private const int Answer = 3 * 1024; // 4 KiB with what the kernel needs besides

    private readonly Clock _clock = new();

    [Fact]
    public void A_megabyte_goes_at_once_and_then_as_much_as_time_gives()
    {
        StrangerBudget budget = new(_clock);

        Spend(budget).Should().Be(256);
        _clock.Now += TimeSpan.FromSeconds(1).Ticks;
        Spend(budget).Should().Be(64);
        _clock.Now += TimeSpan.FromDays(1).Ticks;
        Spend(budget).Should().Be(256, "what was not used is not saved up");
    }

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
