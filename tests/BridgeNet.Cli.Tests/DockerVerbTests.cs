using BridgeNet.TestKit;

namespace BridgeNet.Cli.Tests;

/// <summary>The verbs below <c>docker</c>, without a Docker.</summary>
public sealed class DockerVerbTests
{
    [Fact]
    public void Install_writes_two_units_that_start_this_binary_and_uninstall_deletes_them()
    {
        using Scratch scratch = new();
        string directory = scratch.At("system"), socket = Path.Combine(directory, "bridgenet-docker.socket");
        string service = Path.Combine(directory, "bridgenet-docker.service");

        (int installed, string said) = Invoke("docker", "install", "--dir", directory);
        string[] units = [File.ReadAllText(socket), File.ReadAllText(service)];
        (int again, _) = Invoke("docker", "install", "--dir", directory);
        (int uninstalled, _) = Invoke("docker", "uninstall", "--dir", directory);

        (installed, again, uninstalled).Should().Be((0, 0, 0));
        said.Should().Contain(socket).And.Contain(service).And.Contain("systemctl enable --now");
        units[0].Should().Contain("ListenStream=/run/docker/plugins/bridgenet.sock").And.Contain("SocketMode=0600");
        units[1].Should().Contain($"ExecStart=\"{Environment.ProcessPath}\" --state-dir /var/lib/bridgenet docker-plugin");
        Directory.GetFiles(directory).Should().BeEmpty();
    }

    [Fact]
    public void Without_an_Engine_the_error_says_so()
    {
        using Scratch scratch = new();
        StringWriter error = new();

        int status = CommandLine.Invoke(
            ["--state-dir", scratch.At("state"), "docker", "ps", "--engine", scratch.At("docker.sock")], TextWriter.Null, error);

        status.Should().Be(1);
        error.ToString().Should().Contain("docker.sock").And.Contain("does Docker run?");
    }

    private static (int Status, string Output) Invoke(params string[] words)
    {
        StringWriter output = new();
        return (CommandLine.Invoke(words, output, output), output.ToString());
    }
}
