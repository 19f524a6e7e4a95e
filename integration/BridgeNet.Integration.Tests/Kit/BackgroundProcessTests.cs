using BridgeNet.TestKit;

using Mono.Unix.Native;

namespace BridgeNet.Integration.Tests.Kit;

public sealed class BackgroundProcessTests
{
    [Fact]
    public void A_background_process_is_the_program_itself_without_a_shell()
    {
        using Netns place = Netns.Create();

        using BackgroundProcess process = place.Start("cat", "/dev/zero", "-");
        process.Until(() => File.ReadAllText($"/proc/{process.Id}/comm") is "cat\n", "cat is started");

        place.ProcessIds().Should().Equal(process.Id);
    }

    [Fact]
    public void A_background_process_reports_its_end_and_its_output()
    {
        using Netns place = Netns.Create();
        using BackgroundProcess process = place.Start("sh", "-c", "echo to one; echo to the other >&2; exit 9");

        int status = process.WaitForExit();

        status.Should().Be(9);
        process.Output.Should().Be("to one\nto the other\n");
    }

    [Fact]
    public void A_signal_reaches_a_background_process()
    {
        using Netns place = Netns.Create();
        using BackgroundProcess process = place.Start("sh", "-c", "trap 'exit 3' TERM; echo ready; while :; do sleep 0.01; done");
        process.Until(() => process.Output is "ready\n", "the trap is set");

        process.Signal(Signum.SIGTERM);

        process.WaitForExit().Should().Be(3);
    }

    [Fact]
    public void Dispose_ends_it_with_its_children_and_keeps_the_output()
    {
        using Netns place = Netns.Create();
        BackgroundProcess process = place.Start("sh", "-c", "cat /dev/zero > /dev/null & echo ready; wait");
        process.Until(() => process.Output is "ready\n", "the child is started");

        process.Dispose();

        Eventually.Until(() => place.ProcessIds().Count == 0, "the end of the child");
        process.Output.Should().Be("ready\n");
    }

    [Fact]
    public void Waiting_for_a_program_that_has_ended_fails_at_once_with_its_output()
    {
        using Netns place = Netns.Create();
        using BackgroundProcess process = place.Start("sh", "-c", "echo no such luck; exit 1");

        Action wait = () => process.Until(() => false, "what never comes");

        wait.Should().Throw<CommandFailedException>().WithMessage("*what never comes*no such luck*");
    }
}
