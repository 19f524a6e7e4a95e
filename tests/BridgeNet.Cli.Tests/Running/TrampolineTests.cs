using BridgeNet.Cli.Running;

namespace BridgeNet.Cli.Tests.Running;

public sealed class TrampolineTests
{
    [Fact]
    public void The_trampoline_starts_the_program_with_all_its_arguments()
    {
        IReadOnlyList<string> arguments = [.. Trampoline.StartInfo("/bin/echo", ["echo", "", "a b"]).ArgumentList];

        arguments.Should().EndWith([Trampoline.Verb, $"{Environment.ProcessId}", "/bin/echo", "echo", "", "a b"]);
    }

    [Fact]
    public void The_trampoline_refuses_a_call_without_a_program()
    {
        using StringWriter error = new();

        Trampoline.Execute(["1"], error).Should().Be(2);
        error.ToString().Should().StartWith("bridgenet: ");
    }
}
