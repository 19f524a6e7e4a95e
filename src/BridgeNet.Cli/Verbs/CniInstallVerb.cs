using System.CommandLine;

using BridgeNet.Cli.Values;
using BridgeNet.Runtimes;
using BridgeNet.Runtimes.Cni;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>cni install</c>: symbolic links to this binary, one for each CNI plugin that it implements.</summary>
internal sealed class CniInstallVerb : Verb
{
    private const string DefaultDirectory = "/opt/cni/bin";

    private readonly Option<string?> _directory = DirectoryOption();
    private readonly Option<bool> _replace =
        new("--replace") { Description = $"Put other people's plugins aside, as NAME{LinkInstallation.FormerSuffix}." };

    public CniInstallVerb()
        : base(
            "install",
            "Link the CNI plugins' names to this binary.",
            "bridgenet cni install                                  into /opt/cni/bin",
            "bridgenet cni install --dir /usr/lib/cni --replace     in the place of the plugins that are there")
    {
        Add(_directory);
        Add(_replace);
    }

    /// <summary>Where runtimes look for plugins.</summary>
    internal static Option<string?> DirectoryOption() =>
        TextOption.Of<string?>(
            "--dir",
            "DIR",
            $"The directory in which runtimes look for plugins (default {DefaultDirectory}).",
            TextOption.NotEmpty("the directory"));

    /// <summary>The installation in the directory that the options name.</summary>
    internal static LinkInstallation Installation(ParseResult arguments, Option<string?> directory) => new(
        Path.GetFullPath(arguments.GetValue(directory) ?? DefaultDirectory),
        Environment.ProcessPath ?? throw new IOException("this process has no file"),
        [.. CniPlugins.Names]);

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments)
    {
        foreach (string line in Installation(arguments, _directory).Install(arguments.GetValue(_replace)))
        {
            arguments.InvocationConfiguration.Output.WriteLine(line);
        }
        return ExitStatus.Done;
    }
}
