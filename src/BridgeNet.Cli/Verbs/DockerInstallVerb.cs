using System.CommandLine;

using BridgeNet.Cli.Values;
using BridgeNet.Runtimes.Docker;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>docker install</c>: two systemd units that run the plugin.</summary>
internal sealed class DockerInstallVerb : Verb
{
    private readonly Option<string?> _directory = DirectoryOption();

    public DockerInstallVerb()
        : base(
            "install",
            "Write the systemd units that run the plugin, and say how to start it.",
            "bridgenet docker install && systemctl daemon-reload && systemctl enable --now bridgenet-docker.socket bridgenet-docker.service") =>
        Add(_directory);

    /// <summary>Where the units go.</summary>
    internal static Option<string?> DirectoryOption() => TextOption.Of<string?>(
        "--dir", "DIR", $"The directory of the units (default {DockerService.DefaultDirectory}).", TextOption.NotEmpty("the directory"));

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments)
    {
        string binary = Environment.ProcessPath ?? throw new IOException("this process has no file");
        foreach (string file in DockerService.Install(arguments.GetValue(_directory) ?? DockerService.DefaultDirectory, binary))
        {
            arguments.InvocationConfiguration.Output.WriteLine(file);
        }
        arguments.InvocationConfiguration.Output.WriteLine(
            "now: systemctl daemon-reload && systemctl enable --now bridgenet-docker.socket bridgenet-docker.service");
        return ExitStatus.Done;
    }
}
