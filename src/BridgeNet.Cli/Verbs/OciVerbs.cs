using System.CommandLine;

using BridgeNet.Runtimes.Oci;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>oci-hook</c> and the stages below it.</summary>
internal static class OciVerbs
{
    /// <summary>The name.</summary>
    public const string Name = "oci-hook";

    /// <summary>The command with its verbs.</summary>
    public static Command Build() => new(Name, "Be a hook of runc, crun and other OCI runtimes.")
    {
        new OciCreateVerb(OciStage.CreateRuntime), new OciCreateVerb(OciStage.Prestart), new OciPoststopVerb(), new OciInstallVerb(),
    };
}
