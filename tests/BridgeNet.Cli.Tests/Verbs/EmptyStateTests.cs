using BridgeNet.Cli.Tests.Support;

namespace BridgeNet.Cli.Tests.Verbs;

public sealed class EmptyStateTests
{
    [Theory]
    [InlineData("ls", "ENDPOINT ID  NAME  NETWORK  ADDRESS  PORTS  ENDS WITH\n")]
    [InlineData("ls --json", "[]\n")]
    [InlineData("ls -q", "")]
    [InlineData("network ls", "NETWORK ID  NAME  BRIDGE  SUBNET  GATEWAY  ENDPOINTS\n")]
    [InlineData("network ls --json", "[]\n")]
    [InlineData("network ls -q", "")]
    public void A_list_is_empty_where_there_is_nothing(string words, string expected)
    {
        using StateScratch state = new();

        state.Run(words.Split(' ')).Should().Be(new Outcome(0, expected, string.Empty));
    }

    [Theory]
    [InlineData("detach web", "bridgenet: endpoint web: there is none of that id or name\n")]
    [InlineData("publish web 8080:80", "bridgenet: endpoint web: there is none of that id or name\n")]
    [InlineData("unpublish web 8080:80", "bridgenet: endpoint web: there is none of that id or name\n")]
    [InlineData("limit web --off", "bridgenet: endpoint web: there is none of that id or name\n")]
    [InlineData("network rm app", "bridgenet: network app: there is none of that name\n")]
    public void An_unknown_endpoint_or_network_is_named_in_one_line(string words, string expected)
    {
        using StateScratch state = new();

        state.Run(words.Split(' ')).Should().Be(new Outcome(1, string.Empty, expected));
    }

    [Theory]
    [InlineData("inspect")]
    [InlineData("network inspect")]
    public void An_inspect_of_unknown_things_is_an_empty_array_and_a_line_each(string verb)
    {
        using StateScratch state = new();

        Outcome outcome = state.Run([.. verb.Split(' '), "one", "two"]);

        outcome.Status.Should().Be(1);
        outcome.Output.Should().Be("[]\n");
        outcome.ErrorLines.Should().HaveCount(2).And.Contain(line => line.Contains("one")).And.Contain(line => line.Contains("two"));
    }

    [Theory]
    [InlineData("/no/such/namespace", "ENOENT")]
    [InlineData("/etc/passwd", "not a network namespace")]
    [InlineData("pid:x", "write pid: and a process's number")]
    public void A_wrong_namespace_is_refused_before_a_record_is_written(string name, string reason)
    {
        using StateScratch state = new();

        Outcome outcome = state.Run("attach", name);

        outcome.Status.Should().Be(1);
        outcome.Error.Should().StartWith($"bridgenet: network namespace {name}: ").And.Contain(reason);
        Directory.EnumerateFileSystemEntries(state.Path).Should().BeEmpty();
    }

    [Theory]
    [InlineData("no-such-program", 127)]
    [InlineData("/no/such/program", 127)]
    [InlineData("/etc/passwd", 126)]
    [InlineData("/etc", 126)]
    public void A_program_that_cannot_run_is_refused_before_a_record_is_written(string program, int status)
    {
        using StateScratch state = new();

        Outcome outcome = Outcome.Of("--state-dir", state.Path, "run", "--", program);

        outcome.Status.Should().Be(status);
        outcome.Error.Should().StartWith($"bridgenet: {program}: ");
        Directory.EnumerateFileSystemEntries(state.Path).Should().BeEmpty();
    }

    [Fact]
    public void A_wrong_state_directory_is_named()
    {
        Outcome outcome = Outcome.Of("ls", "--state-dir", "/proc/bridgenet");

        outcome.Status.Should().Be(1);
        outcome.ErrorLines.Should().ContainSingle().Which.Should().StartWith("bridgenet: ").And.Contain("/proc/bridgenet");
    }

    [Fact]
    public void Gc_without_garbage_prints_nothing_and_succeeds()
    {
        using StateScratch state = new();

        state.Run("gc").Should().Be(new Outcome(0, string.Empty, string.Empty));
    }
}
