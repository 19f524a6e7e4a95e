using BridgeNet.TestKit;

namespace BridgeNet.Cli.Tests;

/// <summary>The verbs below <c>dns</c>, without a server.</summary>
public sealed class NameServerVerbTests
{
    [Fact]
    public void Install_writes_a_unit_that_starts_this_binary_and_uninstall_deletes_it()
    {
        using Scratch scratch = new();
        string directory = scratch.At("system"), unit = Path.Combine(directory, "bridgenet-dns.service");

        (int installed, string said) = Invoke("dns", "install", "--dir", directory);
        string text = File.ReadAllText(unit);
        (int uninstalled, _) = Invoke("dns", "uninstall", "--dir", directory);

        (installed, uninstalled).Should().Be((0, 0));
        said.Should().Contain(unit).And.Contain("systemctl enable --now bridgenet-dns.service");
        text.Should().Contain(
            $"ExecStart=\"{Environment.ProcessPath}\" dns --config /run/containers/networks/aardvark-dns --state-dir /run/bridgenet\n");
        Directory.GetFiles(directory).Should().BeEmpty();
    }

    [Fact]
    public void Status_without_a_server_is_one_line_and_status_1()
    {
        using Scratch scratch = new();

        (int status, string said) = Invoke("dns", "status", "--config", scratch.At("names"));

        status.Should().Be(1);
        said.Should().StartWith($"bridgenet: no name server of {scratch.At("names")} answers at ");
    }

    private static (int Status, string Output) Invoke(params string[] words)
    {
        StringWriter output = new();
        return (CommandLine.Invoke(words, output, output), output.ToString());
    }
}
