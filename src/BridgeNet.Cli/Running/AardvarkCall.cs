using System.Globalization;

namespace BridgeNet.Cli.Running;

/// <summary>
/// A call of this binary by the name <c>aardvark-dns</c>, with that program's command line: <c>--config DIR -p PORT run</c>, <c>version</c>,
/// <c>--version</c>. Netavark and Podman call it so.
/// </summary>
internal static class AardvarkCall
{
    /// <summary>The name.</summary>
    public const string Name = "aardvark-dns";

    /// <summary>The version whose files and command line this server has.</summary>
    public const string Version = "1.17.1";

    private const int UsualPort = 5533;

    /// <summary>Whether this process was called by that name.</summary>
    public static bool IsIt() => Path.GetFileName(Environment.GetCommandLineArgs()[0].AsSpan()) is Name;

    /// <summary>Does what the words say.</summary>
    /// <returns>The exit status.</returns>
    public static int Run(IReadOnlyList<string> words, TextWriter output, TextWriter error)
    {
        string? directory = null;
        int port = UsualPort;
        string? verb = null;
        for (int i = 0; i < words.Count; i++)
        {
            string[] pair = words[i].StartsWith("--", StringComparison.Ordinal) ? words[i].Split('=', 2) : [words[i]];
            string? value = pair.Length > 1 ? pair[1] : null;
            switch (pair[0])
            {
                case "-V" or "--version":
                    output.WriteLine($"{Name} {Version}");
                    return ExitStatus.Done;
                case "-c" or "--config" when (value ??= words.ElementAtOrDefault(++i)) is not null:
                    directory = value;
                    break;
                case "-p" or "--port" when TryParsePort(value ??= words.ElementAtOrDefault(++i), out int number):
                    port = number;
                    break;
                case "-f" or "--filter-search-domain" when (value ??= words.ElementAtOrDefault(++i)) is not null:
                    break; // of a release before 1.5; it only ever was .dns.podman
                case "run" or "version" when verb is null:
                    verb = pair[0];
                    break;
                default:
                    return Refuse($"{words[Math.Min(i, words.Count - 1)]} is not understood", error);
            }
        }
        return verb switch
        {
            "version" => PrintVersion(output),
            "run" when directory is not null => Start(Path.GetFullPath(directory), port, error),
            _ => Refuse("a verb and the directory are needed", error),
        };
    }

    private static int Start(string directory, int port, TextWriter error)
    {
        try
        {
            return NameServerChild.Start(directory, port, ownScope: false, error);
        }
        catch (Exception exception)
        {
            return Failure.Report(exception, error);
        }
    }

    private static bool TryParsePort(string? text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= ushort.MaxValue;

    private static int PrintVersion(TextWriter output)
    {
        output.WriteLine($$"""
            {
              "version": "{{Version}}",
              "commit": "{{Product.Name}} {{Product.Version}}"
            }
            """);
        return ExitStatus.Done;
    }

    private static int Refuse(string reason, TextWriter error)
    {
        Failure.Print($"{reason}: {Name} --config DIR [-p PORT] run, {Name} version", error);
        return ExitStatus.Failed;
    }
}
