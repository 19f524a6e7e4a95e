using System.CommandLine;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>cni uninstall</c>: takes the links away again.</summary>
internal sealed class CniUninstallVerb : Verb
{
    private readonly Option<string?> _directory = CniInstallVerb.DirectoryOption();

    public CniUninstallVerb()
        : base(
            "uninstall",
            "Take the links away, and put back the plugins that were put aside.",
            "bridgenet cni uninstall --dir /usr/lib/cni    the plugins of before") => Add(_directory);

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments)
    {
        foreach (string line in CniInstallVerb.Installation(arguments, _directory).Uninstall())
        {
            arguments.InvocationConfiguration.Output.WriteLine(line);
        }
        return ExitStatus.Done;
    }
}
