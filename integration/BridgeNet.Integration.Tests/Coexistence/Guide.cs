using System.Runtime.CompilerServices;

namespace BridgeNet.Integration.Tests.Coexistence;

/// <summary>docs/firewall.md, read as a user reads it: what it says to type is what a test types.</summary>
internal static class Guide
{
    private const string Fence = "```";

    /// <summary>The command lines under a heading of the third order.</summary>
    /// <param name="heading">Its words, as "Docker".</param>
    /// <param name="block">Which of its blocks, from 0.</param>
    public static IReadOnlyList<string> Commands(string heading, int block = 0)
    {
        string commands = Section(heading).Split($"{Fence}sh\n")[block + 1].Split(Fence)[0];
        return commands.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The table of packet rules under a heading of the third order.</summary>
    public static string Table(string heading)
    {
        string section = Section(heading);
        return section[section.IndexOf($"{Fence}\ntable ", StringComparison.Ordinal)..].Split($"{Fence}\n")[1];
    }

    private static string Section(string heading) => File.ReadAllText(Find()).Split($"\n### {heading}\n")[1].Split("\n#")[0];

    private static string Find([CallerFilePath] string caller = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(caller)!, "../../../docs/firewall.md"));
}
