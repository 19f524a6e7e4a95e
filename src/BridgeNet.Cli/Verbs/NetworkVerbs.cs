using System.CommandLine;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>network</c> and the verbs below it.</summary>
internal static class NetworkVerbs
{
    /// <summary>The command with its verbs.</summary>
    public static Command Build() => new("network", "Make, list, show and remove networks.")
    {
        new NetworkCreateVerb(), new NetworkListVerb(), new NetworkInspectVerb(), new NetworkRemoveVerb(),
    };
}
