using System.CommandLine;

using BridgeNet.Cli.Running;
using BridgeNet.Cli.Values;
using BridgeNet.Runtimes;
using BridgeNet.Runtimes.Netavark;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>netavark install</c>: a symbolic link to this binary where Podman looks first.</summary>
internal sealed class NetavarkInstallVerb : Verb
{
    /// <summary>The first directory in which Podman looks for its helpers. Distributions put their own into later ones.</summary>
    private const string DefaultDirectory = "/usr/local/libexec/podman";

    private readonly Option<string?> _directory = DirectoryOption();
    private readonly Option<bool> _replace =
        new("--replace") { Description = $"Put another netavark aside, as netavark{LinkInstallation.FormerSuffix}." };

    private readonly Option<bool> _dns = new("--dns") { Description = "Link the name aardvark-dns too: containers' names." };

    public NetavarkInstallVerb()
        : base(
            "install",
            "Link the name netavark to this binary, where Podman looks for it first.",
            "bridgenet netavark install --dns                      Podman uses it from its next call on, for names too",
            "bridgenet netavark install --dir /usr/lib/podman --replace    in the place of the distribution's")
    {
        Add(_directory);
        Add(_replace);
        Add(_dns);
    }

    /// <summary>Where Podman looks for its helpers.</summary>
    internal static Option<string?> DirectoryOption() =>
        TextOption.Of<string?>(
            "--dir",
            "DIR",
            $"A directory of helper_binaries_dir in containers.conf (default {DefaultDirectory}).",
            TextOption.NotEmpty("the directory"));

    /// <summary>The installation in the directory that the options name.</summary>
    internal static LinkInstallation Installation(ParseResult arguments, Option<string?> directory, bool hasDns) => new(
        Path.GetFullPath(arguments.GetValue(directory) ?? DefaultDirectory),
        Environment.ProcessPath ?? throw new IOException("this process has no file"),
        hasDns ? [NetavarkProgram.Name, AardvarkCall.Name] : [NetavarkProgram.Name]);

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments)
    {
        foreach (string line in Installation(arguments, _directory, arguments.GetValue(_dns)).Install(arguments.GetValue(_replace)))
        {
            arguments.InvocationConfiguration.Output.WriteLine(line);
        }
        return ExitStatus.Done;
    }
}
