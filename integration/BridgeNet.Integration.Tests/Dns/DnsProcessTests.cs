using BridgeNet.Integration.Tests.Binary;
using BridgeNet.TestKit;

using Mono.Unix.Native;

namespace BridgeNet.Integration.Tests.Dns;

/// <summary>The binary in the place of aardvark-dns: its command line, its process and its pid file.</summary>
public sealed class DnsProcessTests : IDisposable
{
    private readonly DnsWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void It_answers_when_run_returns_and_its_number_is_in_the_pid_file()
    {
        _world.Start();

        _world.Dig(1, "+short web").Should().Be("10.89.1.2");
        File.Exists($"/proc/{_world.Process}/exe").Should().BeTrue();
        File.ReadAllText($"/proc/{_world.Process}/stat").Split(' ')[5].Should().Be($"{_world.Process}", "it leads a session of its own");
    }

    [Theory]
    [InlineData("--version", "aardvark-dns 1.17.1\n")]
    [InlineData("version", "\"version\": \"1.17.1\"")]
    public void It_tells_its_version(string word, string expected) => _world.Call(word).OrThrow().Output.Should().Contain(expected);

    [Theory]
    [InlineData("run")]
    [InlineData("--config")]
    [InlineData("--config", "/x", "-p", "0", "run")]
    [InlineData("--config", "/x", "walk")]
    public void A_command_line_that_it_does_not_know_is_one_line_and_status_1(params string[] words)
    {
        CommandResult result = _world.Call(words);

        result.ExitCode.Should().Be(1);
        result.Errors.Should().MatchRegex("^bridgenet: .*aardvark-dns --config DIR .*\n$");
    }

    [Fact]
    public void A_reload_finds_new_names_and_a_new_network()
    {
        _world.Start();
        _world.WriteFirst("c3 10.89.1.4  late\n");
        _world.Write("n2", "10.89.2.1\nc1 10.89.2.2  web\n");

        _world.HangUp();

        Eventually.Until(() => _world.Dig(0, "+short late", "10.89.2.1") is "10.89.1.4", "the new name at the new gateway");
    }

    [Fact]
    public void It_ends_when_no_network_is_left()
    {
        _world.Start();
        int process = _world.Process!.Value;
        _world.Remove("n1");

        _world.HangUp();

        Eventually.Until(() => _world.Process is null && !Lives(process), "the end of the server and of its pid file");
        _world.WriteFirst();
        _world.Start();
        _world.Dig(1, "+short web").Should().Be("10.89.1.2");
    }

    [Fact]
    public void A_second_start_leaves_the_first_alone()
    {
        _world.Start();
        int? first = _world.Process;

        CommandResult second = _world.Call("--config", _world.Names, "-p", "53", "run");

        second.ExitCode.Should().Be(1);
        second.Errors.Should().Be(
            $"bridgenet: process {first} is the name server of {_world.Names} already: send it SIGHUP to have it read the directory again\n");
        _world.Process.Should().Be(first);
        _world.Dig(1, "+short web").Should().Be("10.89.1.2");
    }

    [Fact]
    public void The_pid_file_of_a_killed_server_does_not_matter()
    {
        _world.Start();
        int process = _world.Process!.Value;
        _ = Syscall.kill(process, Signum.SIGKILL);
        Eventually.Until(() => !Lives(process), "its end");

        _world.Start();

        _world.Process.Should().NotBe(process);
        _world.Dig(1, "+short web").Should().Be("10.89.1.2");
    }

    [Fact]
    public void A_port_that_is_taken_is_one_line_and_no_pid_file()
    {
        using UdpEcho other = UdpEcho.Start(_world.Host);

        CommandResult result = _world.Call("--config", _world.Names, "-p", "53", "run");

        result.ExitCode.Should().Be(1);
        result.Errors.Should().MatchRegex("^bridgenet: cannot listen on 10.89.1.1:53 \\(udp\\): Address already in use: .*\n$");
        _world.Process.Should().BeNull();
    }

    [Fact]
    public void An_empty_directory_is_nothing_to_serve()
    {
        _world.Remove("n1");

        CommandResult result = _world.Call("--config", _world.Names, "-p", "53", "run");

        (result.ExitCode, result.Errors).Should().Be((1, $"bridgenet: {_world.Names} has no network that could be served\n"));
    }

    [Fact]
    public void In_the_foreground_it_serves_until_a_signal_and_removes_its_pid_file()
    {
        BackgroundProcess server = _world.Host.Start(BinaryWorld.Path, "dns", "--config", _world.Names);
        server.Until(() => _world.Process is not null, "the pid file");

        _world.Dig(1, "+short web").Should().Be("10.89.1.2");
        server.Signal(Signum.SIGTERM);

        server.WaitForExit().Should().Be(0);
        _world.Process.Should().BeNull();
    }

    [Fact]
    public void Status_tells_what_a_living_server_did_and_fails_without_one()
    {
        _world.Start();
        _ = _world.Dig(1, "+short web");
        _ = _world.Dig(1, "nope");

        string text = _world.Host.Run(BinaryWorld.Path, "dns", "status", "--config", _world.Names).OrThrow().Output;
        string json = _world.Host.Run(BinaryWorld.Path, "dns", "status", "--config", _world.Names, "--json").OrThrow().Output;
        _ = Syscall.kill(_world.Process!.Value, Signum.SIGKILL);
        CommandResult without = _world.Host.Run(BinaryWorld.Path, "dns", "status", "--config", _world.Names);

        text.Should().Contain($"process {_world.Process}: 1 networks, 3 names\nlistens at 10.89.1.1:53, [fd00:1::1]:53\n")
            .And.Contain("2 questions: 1 answered from names, 0 forwarded, 1 not found (NXDOMAIN), 0 refused\n");
        json.Should().Contain("\"own_answers\":1,\"misses\":1,\"refused\":0,\"forwarded\":0");
        (without.ExitCode, without.Errors).Should().Match<(int, string)>(pair =>
            pair.Item1 == 1 && pair.Item2.StartsWith("bridgenet: no name server of ", StringComparison.Ordinal));
    }

    private static bool Lives(int process) =>
        File.Exists($"/proc/{process}/stat") && !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);
}
