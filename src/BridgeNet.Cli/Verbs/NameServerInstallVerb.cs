using System.CommandLine;

using BridgeNet.Cli.Running;
using BridgeNet.Cli.Values;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>dns install</c>: a systemd unit that runs the name server.</summary>
internal sealed class NameServerInstallVerb : Verb
{
    private readonly Option<string?> _directory = DirectoryOption();

    public NameServerInstallVerb()
        : base(
            "install",
            "Write the systemd unit that runs the name server, and say how to start it.",
            $"bridgenet dns install && systemctl daemon-reload && systemctl enable --now {NameServerUnit.Name}") => Add(_directory);

    /// <summary>Where the unit goes.</summary>
    internal static Option<string?> DirectoryOption() => TextOption.Of<string?>(
        "--dir", "DIR", $"The directory of the unit (default {NameServerUnit.DefaultDirectory}).", TextOption.NotEmpty("the directory"));

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments)
    {
        string binary = Environment.ProcessPath ?? throw new IOException("this process has no file");
        TextWriter output = arguments.InvocationConfiguration.Output;
        output.WriteLine(NameServerUnit.Install(arguments.GetValue(_directory) ?? NameServerUnit.DefaultDirectory, binary));
        output.WriteLine($"now: systemctl daemon-reload && systemctl enable --now {NameServerUnit.Name}");
        return ExitStatus.Done;
    }
}
