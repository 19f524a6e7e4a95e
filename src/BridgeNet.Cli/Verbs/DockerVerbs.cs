using System.CommandLine;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>docker</c> and the verbs below it.</summary>
internal static class DockerVerbs
{
    /// <summary>The command with its verbs.</summary>
    public static Command Build() => new("docker", "Show what Docker cannot show of its containers on bridgenet networks; install the plugin.")
    {
        new DockerListVerb(), new DockerPortVerb(), new DockerInstallVerb(), new DockerUninstallVerb(),
    };
}
