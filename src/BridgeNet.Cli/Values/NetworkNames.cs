using System.CommandLine;

namespace BridgeNet.Cli.Values;

/// <summary>Networks on the command line, by name.</summary>
internal static class NetworkNames
{
    private const string Name = "NETWORK";

    private static readonly Func<string, string> s_parse = TextOption.NotEmpty("the network's name");

    /// <summary>One.</summary>
    public static Argument<string> One() => TextOption.Argument(Name, "The network's name.", s_parse);

    /// <summary>One or more.</summary>
    public static Argument<string[]> Several() => TextOption.Arguments(Name, "Names of networks.", s_parse);
}
