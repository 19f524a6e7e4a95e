using System.CommandLine;

using BridgeNet.Runtimes.Docker;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>docker uninstall</c>: deletes the systemd units.</summary>
internal sealed class DockerUninstallVerb : Verb
{
    private readonly Option<string?> _directory = DockerInstallVerb.DirectoryOption();

    public DockerUninstallVerb()
        : base(
            "uninstall",
            "Delete the systemd units of the plugin. Networks and containers stay.",
            "systemctl disable --now bridgenet-docker.socket bridgenet-docker.service && bridgenet docker uninstall") => Add(_directory);

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments)
    {
        foreach (string file in DockerService.Uninstall(arguments.GetValue(_directory) ?? DockerService.DefaultDirectory))
        {
            arguments.InvocationConfiguration.Output.WriteLine($"{file} removed");
        }
        return ExitStatus.Done;
    }
}
