using System.Diagnostics;

using BridgeNet.Cli.Running;
using BridgeNet.Native;
using BridgeNet.TestKit;

namespace BridgeNet.Cli.Tests.Running;

public sealed class SignalRelayTests
{
    private const int User2 = 12;

    [Fact]
    public void A_signal_that_came_before_the_program_started_still_reaches_it()
    {
        using SignalRelay relay = new();
        using Process program = Process.Start("sleep", "60");

        _ = Processes.Signal(Environment.ProcessId, User2);
        Eventually.Until(() => relay.Ended == User2, "the signal");
        relay.Begin(program.Id);

        program.WaitForExit();
        program.ExitCode.Should().Be(ExitStatus.OfSignal(User2));
    }
}
