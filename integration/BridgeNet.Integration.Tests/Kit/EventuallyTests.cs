using System.Diagnostics;

using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Kit;

public sealed class EventuallyTests
{
    [Fact]
    public void A_wait_returns_once_the_condition_holds()
    {
        int asked = 0;

        Eventually.Until(() => ++asked == 3, "the third time");

        asked.Should().Be(3);
    }

    [Fact]
    public void A_wait_that_times_out_names_the_condition()
    {
        long start = Stopwatch.GetTimestamp();

        Action wait = () => Eventually.Until(() => false, TimeSpan.FromMilliseconds(50), "the moon");

        wait.Should().Throw<TimeoutException>().WithMessage("*the moon*");
        Stopwatch.GetElapsedTime(start).Should().BeGreaterThan(TimeSpan.FromMilliseconds(50));
    }
}
