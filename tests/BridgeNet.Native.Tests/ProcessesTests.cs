using System.Diagnostics;

namespace BridgeNet.Native;

public sealed class ProcessesTests
{
    private const int SigTerm = 15;

    [Fact]
    public void A_signal_ends_a_process_and_finds_nobody_afterwards()
    {
        using Process child = Process.Start("sleep", ["60"]);
        int id = child.Id;

        bool found = Processes.Signal(id, SigTerm);
        child.WaitForExit();
        bool again = Processes.Signal(id, SigTerm);

        found.Should().BeTrue();
        child.ExitCode.Should().Be(128 + SigTerm);
        again.Should().BeFalse();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_group_or_everybody_is_not_signalled(int processId)
    {
        FluentActions.Invoking(() => Processes.Signal(processId, signal: 0)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void A_signal_that_does_not_exist_is_refused()
    {
        FluentActions.Invoking(() => Processes.Signal(Environment.ProcessId, signal: 1000))
            .Should().Throw<KernelException>().Which.Errno.Should().Be(Errno.EINVAL);
    }

    [Fact]
    public void A_program_that_is_not_there_is_named_in_the_error()
    {
        FluentActions.Invoking(() => OwnThread.Run(() => Processes.Execute("/no/such/program", ["program"u8.ToArray()], [])))
            .Should().Throw<KernelException>().WithMessage("exec /no/such/program: ENOENT (No such file or directory)");
    }

    [Fact]
    public void An_argument_or_a_variable_with_a_NUL_is_refused()
    {
        ReadOnlyMemory<byte> name = "true"u8.ToArray(), bad = "a\0b"u8.ToArray();

        FluentActions.Invoking(() => Processes.Execute("/bin/true", [name, bad], [])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => Processes.Execute("/bin/true", [name], [bad])).Should().Throw<ArgumentException>();
    }
}
