using System.Diagnostics;

using BridgeNet.Cli.Running;

namespace BridgeNet.Cli.Tests.Running;

public sealed class TrampolineTests
{
    [Fact]
    public void The_trampoline_starts_the_program_with_all_its_arguments()
    {
        ProcessStartInfo start = Trampoline.StartInfo("/bin/echo", ["echo", "", "a b"], new PrivateFiles("/run/x", "hosts", "resolver"));

        start.ArgumentList.Should().EndWith([Trampoline.Verb, $"{Environment.ProcessId}", "/bin/echo", "echo", "", "a b"]);
        start.Environment.Values.Should().Contain(["/run/x", "hosts", "resolver"]);
    }

    [Fact]
    public void The_trampoline_refuses_a_call_without_a_program()
    {
        using StringWriter error = new();

        Trampoline.Execute(["1"], error).Should().Be(2);
        error.ToString().Should().StartWith("bridgenet: ");
    }
}
