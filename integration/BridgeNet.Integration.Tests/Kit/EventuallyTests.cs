using System.Diagnostics;

using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Kit;

public sealed class EventuallyTests
{
    [Fact]
    public void It_returns_once_the_condition_holds()
    {
        int asked = 0;

        Eventually.Until(() => ++asked == 3, "the third time");

        asked.Should().Be(3);
    }

    [Fact]
    public void It_gives_up_at_the_deadline_and_says_on_what()
    {
        long start = Stopwatch.GetTimestamp();

        Action wait = () => Eventually.Until(() => false, TimeSpan.FromMilliseconds(50), "the moon");

        wait.Should().Throw<TimeoutException>().WithMessage("*the moon*");
        Stopwatch.GetElapsedTime(start).Should().BeGreaterThan(TimeSpan.FromMilliseconds(50));
    }
}
