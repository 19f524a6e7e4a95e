using BridgeNet.Trials.Soak;
using BridgeNet.Trials.Stress;

namespace BridgeNet.Integration.Tests.Trials;

/// <summary><c>./dev stress</c> and <c>./dev soak</c> in short.</summary>
public sealed class StressTests
{
    [Fact]
    public void Threads_and_processes_of_which_some_are_killed_leave_records_and_kernel_in_step()
    {
        using StringWriter told = new();

        bool held = StressTrial.Run(TimeSpan.FromSeconds(30), seed: Environment.TickCount, told);

        held.Should().BeTrue(told.ToString());
    }

    [Fact]
    public void Nothing_grows()
    {
        using StringWriter told = new();

        bool held = SoakTrial.Run(cycles: 120, live: 20, told, judgesProcess: false); // other tests live in this process

        held.Should().BeTrue(told.ToString());
    }
}
