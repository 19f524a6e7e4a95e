using System.CommandLine;

using BridgeNet.Cli.Values;
using BridgeNet.Runtimes.Oci;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>oci-hook install</c>: the files by which Podman and CRI-O call the hook.</summary>
internal sealed class OciInstallVerb : Verb
{
    private readonly Option<string?> _directory = TextOption.Of<string?>(
        "--dir", "DIR", $"The directory of hooks (default {OciHookFile.DefaultDirectory}).", TextOption.NotEmpty("the directory"));

    public OciInstallVerb()
        : base(
            "install",
            "Write the files by which Podman and CRI-O give the hook to containers with annotations bridgenet.….",
            "bridgenet oci-hook install --dir /etc/containers/oci/hooks.d") => Add(_directory);

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments)
    {
        string binary = Environment.ProcessPath ?? throw new IOException("this process has no file");
        foreach (string path in OciHookFile.Install(arguments.GetValue(_directory) ?? OciHookFile.DefaultDirectory, binary))
        {
            arguments.InvocationConfiguration.Output.WriteLine(path);
        }
        return ExitStatus.Done;
    }
}
