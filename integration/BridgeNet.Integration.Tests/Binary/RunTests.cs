using BridgeNet.TestKit;

using Mono.Unix.Native;

namespace BridgeNet.Integration.Tests.Binary;

public sealed class RunTests : IDisposable
{
    private readonly BinaryWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("kill -KILL $$", 137)]
    [InlineData("kill -TERM $$", 143)]
    public void Run_exits_with_the_program_s_status(string script, int status) =>
        _world.Run("run", "--", "sh", "-c", script).ExitCode.Should().Be(status);

    [Fact]
    public void A_program_that_is_not_found_exits_with_127_and_nothing_is_created()
    {
        string before = _world.Snapshot();

        CommandResult result = _world.Run("run", "--", "no-such-program");

        result.ExitCode.Should().Be(127);
        result.Errors.Should().StartWith("bridgenet: ").And.Contain("no-such-program");
        _world.Snapshot().Should().Be(before);
    }

    [Fact]
    public void A_web_server_in_a_run_answers_at_its_published_port()
    {
        using Scratch scratch = new();
        File.WriteAllText(scratch.At("index.html"), "a page of nginx");
        File.WriteAllText(
            scratch.At("nginx.conf"),
            $"pid {scratch.At("pid")}; error_log stderr; events {{}} http {{ access_log off; server {{ listen 80; root {scratch.Path}; }} }}");
        Syscall.chmod(scratch.Path, FilePermissions.ACCESSPERMS);

        using BackgroundProcess run = _world.Start("run", "-p", "8080:80", "--", "nginx", "-c", scratch.At("nginx.conf"), "-g", "daemon off;");

        run.Until(
            () => _world.World.Router.Run($"curl -s -m 1 http://{World.HostAddress}:8080/").Output is "a page of nginx", "its page from outside");
        _world.Host.RunOk("curl -s -m 2 http://127.0.0.1:8080/").Should().Be("a page of nginx");

        run.Signal(Signum.SIGTERM);
        run.WaitForExit().Should().Be(0, "nginx ends well when it is asked to");
        NothingIsLeft();
    }

    [Theory]
    [InlineData("unpublish", "web", "8080:80")]
    [InlineData("detach", "web")]
    public void What_another_command_takes_back_the_run_holds_no_longer(params string[] takeBack)
    {
        using BackgroundProcess run = _world.Start("run", "--name", "web", "-p", "8080:80", "--", "sh", "-c", "echo ready; exec sleep 1000");
        run.Until(() => run.Output.Contains("ready", StringComparison.Ordinal), "the program's start");
        bool before = _world.Host.RunOk("ss -Hltn").Contains(":8080 ", StringComparison.Ordinal);

        _world.RunOk(takeBack);
        CommandResult again = _world.Run("attach", _world.World.AddContainer().Path, "-p", "8080:80");

        before.Should().BeTrue("the run listens for IPv6 clients");
        again.ExitCode.Should().Be(0, again.ToString());
        _world.Host.RunOk("ss -Hltn").Should().NotContain(":8080 ");
    }

    [Fact]
    public void A_killed_run_ends_its_program_and_the_next_verb_removes_its_endpoint()
    {
        using BackgroundProcess run = _world.Start("run", "--name", "doomed", "-p", "8080:80", "--", "sh", "-c", "echo pid $$; exec sleep 1000");
        run.Until(() => run.Output.Contains("pid ", StringComparison.Ordinal), "the program's start");
        int program = int.Parse(run.Output.Split("pid ")[1].Trim());

        run.Signal(Signum.SIGKILL);
        Eventually.Until(() => !Directory.Exists($"/proc/{program}"), "the program's end");
        _ = run.WaitForExit(); // the program gets its signal when one thread of run has died; run's lock is free when all have
        string collected = _world.RunOk("gc");

        collected.Should().Contain("doomed");
        NothingIsLeft();
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_reach_the_program_in_arguments_and_environment()
    {
        string output = _world.Host.RunOk(
            $"export ODD=\"$(printf 'a\\377')\"; {BinaryWorld.Path} --state-dir {_world.World.StateDirectory} run -- "
                + "sh -c 'printf %s \"$ODD,$1,$2,$3\" | od -An -tx1' sh \"$(printf 'b\\376c')\" '' \"ä\"");

        output.Trim().Should().Be("61 ff 2c 62 fe 63 2c 2c c3 a4");
    }

    [Fact]
    public void The_program_sees_its_own_interface_and_writes_to_the_caller_s_output()
    {
        string output = _world.RunOk("run", "--ip", "172.17.0.9", "--", "ip", "-o", "-4", "addr", "show", "eth0");

        output.Should().Contain("172.17.0.9/16");
    }

    [Fact]
    public void A_signal_to_run_reaches_the_program()
    {
        using BackgroundProcess run = _world.Start("run", "--", "sh", "-c", "trap 'exit 9' USR1; echo ready; while :; do sleep 0.05; done");
        run.Until(() => run.Output.Contains("ready", StringComparison.Ordinal), "the program's start");

        run.Signal(Signum.SIGUSR1);

        run.WaitForExit().Should().Be(9);
    }

    private void NothingIsLeft()
    {
        _world.RunOk("ls", "-q").Should().BeEmpty();
        _world.Host.RunOk("ip -o link show type veth").Should().NotContain("docker0");
        _world.Host.RunOk("nft list map inet bridgenet publish_any4").Should().NotContain("elements");
        Directory.EnumerateFileSystemEntries($"{_world.World.StateDirectory}/endpoints").Should().BeEmpty();
        Directory.EnumerateFileSystemEntries($"{_world.World.StateDirectory}/names").Should().BeEmpty();
        Directory.EnumerateFileSystemEntries($"{_world.World.StateDirectory}/owners").Should().BeEmpty();
    }
}
