using System.CommandLine;

using BridgeNet.Cli.Running;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>dns uninstall</c>: deletes the systemd unit.</summary>
internal sealed class NameServerUninstallVerb : Verb
{
    private readonly Option<string?> _directory = NameServerInstallVerb.DirectoryOption();

    public NameServerUninstallVerb()
        : base(
            "uninstall",
            "Delete the systemd unit of the name server. Names stay.",
            $"systemctl disable --now {NameServerUnit.Name} && bridgenet dns uninstall") => Add(_directory);

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments)
    {
        if (NameServerUnit.Uninstall(arguments.GetValue(_directory) ?? NameServerUnit.DefaultDirectory) is { } file)
        {
            arguments.InvocationConfiguration.Output.WriteLine($"{file} removed");
        }
        return ExitStatus.Done;
    }
}
