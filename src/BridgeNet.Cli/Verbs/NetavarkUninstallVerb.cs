using System.CommandLine;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>netavark uninstall</c>: takes the link away again.</summary>
internal sealed class NetavarkUninstallVerb : Verb
{
    private readonly Option<string?> _directory = NetavarkInstallVerb.DirectoryOption();

    public NetavarkUninstallVerb()
        : base(
            "uninstall",
            "Take the links away, and put back a netavark that was put aside. Running containers go on; the other netavark takes them down.",
            "bridgenet netavark uninstall    Podman uses the distribution's from its next call on") => Add(_directory);

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments)
    {
        foreach (string line in NetavarkInstallVerb.Installation(arguments, _directory, hasDns: true).Uninstall())
        {
            arguments.InvocationConfiguration.Output.WriteLine(line);
        }
        return ExitStatus.Done;
    }
}
