using System.CommandLine;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>netavark</c> and the verbs below it.</summary>
internal static class NetavarkVerbs
{
    /// <summary>The command with its verbs.</summary>
    public static Command Build() => new("netavark", "Take netavark's place in Podman.") { new NetavarkInstallVerb(), new NetavarkUninstallVerb() };
}
