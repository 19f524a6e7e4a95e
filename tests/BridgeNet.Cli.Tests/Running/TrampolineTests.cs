using BridgeNet.Cli.Running;

namespace BridgeNet.Cli.Tests.Running;

public sealed class TrampolineTests
{
    [Fact]
    public void The_program_is_started_by_way_of_the_trampoline_with_all_its_words()
    {
        IReadOnlyList<string> arguments = [.. Trampoline.StartInfo("/bin/echo", ["echo", "", "a b"]).ArgumentList];

        arguments.Should().EndWith([Trampoline.Verb, $"{Environment.ProcessId}", "/bin/echo", "echo", "", "a b"]);
    }

    [Fact]
    public void It_is_for_run_alone()
    {
        using StringWriter error = new();

        Trampoline.Execute(["1"], error).Should().Be(2);
        error.ToString().Should().StartWith("bridgenet: ");
    }
}
