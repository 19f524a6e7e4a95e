using System.CommandLine;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>cni</c> and the verbs below it.</summary>
internal static class CniVerbs
{
    /// <summary>The command with its verbs.</summary>
    public static Command Build() => new("cni", "Be the CNI plugins of containerd, CRI-O, Podman and Kubernetes.")
    {
        new CniInstallVerb(), new CniUninstallVerb(),
    };
}
