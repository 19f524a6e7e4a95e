using System.CommandLine;

using BridgeNet.Cli.Values;

namespace BridgeNet.Cli.Verbs;

/// <summary>The option that every verb takes: where networks and endpoints are remembered.</summary>
internal static class StateDirectoryOption
{
    /// <summary>Its name.</summary>
    public const string Name = "--state-dir";

    /// <summary>The option.</summary>
    public static Option<string> Create()
    {
        Option<string> option = TextOption.Of(
            Name, "DIR", $"Where networks and endpoints are remembered; by default {BridgeDriverOptions.DefaultStateDirectory}.", ParsePath);
        option.Recursive = true;
        return option;
    }

    /// <summary>The directory; null if none was named.</summary>
    public static string? Read(ParseResult arguments) => arguments.GetValue<string>(Name);

    /// <summary>The directory that was named, or the usual one.</summary>
    public static string ReadOrUsual(ParseResult arguments) => Read(arguments) ?? BridgeDriverOptions.DefaultStateDirectory;

    private static string ParsePath(string text) =>
        text.Length > 0 ? Path.GetFullPath(text) : throw new FormatException("the state directory's path is empty");
}
