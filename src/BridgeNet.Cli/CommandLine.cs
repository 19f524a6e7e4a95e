using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

using BridgeNet.Cli.Printing;
using BridgeNet.Cli.Verbs;

namespace BridgeNet.Cli;

/// <summary>Parses a command line and runs its verb; prints help, and errors in one line each.</summary>
internal static class CommandLine
{
    private const string Description = "Docker-style bridge networks for containers, by netlink alone: no ip, nft or iptables is ever started.";

    private static readonly string[] s_examples =
    [
        "bridgenet demo                                        see all of it work, and clean up after itself",
        "bridgenet run -p 8080:80 -- nginx -g 'daemon off;'    run a program in a network of its own, and publish it",
        "ip netns add web && bridgenet attach web -p 8080:80   give a namespace that is there an address and a port",
        "bridgenet ls                                          what is attached",
    ];

    /// <summary>How words are parsed: no response files.</summary>
    internal static ParserConfiguration Configuration { get; } = new() { ResponseFileTokenReplacer = null };

    /// <summary>The verbs, in the order of the help, each with the function that builds it.</summary>
    private static readonly (string Name, Func<Command> Build)[] s_verbs =
    [
        ("demo", static () => new DemoVerb()),
        ("run", static () => new RunVerb()),
        ("attach", static () => new AttachVerb()),
        ("detach", static () => new DetachVerb()),
        ("ls", static () => new ListVerb()),
        ("inspect", static () => new InspectVerb()),
        ("publish", static () => new PublishVerb()),
        ("unpublish", static () => new UnpublishVerb()),
        ("limit", static () => new LimitVerb()),
        ("stats", static () => new StatisticsVerb()),
        ("network", NetworkVerbs.Build),
        ("cni", CniVerbs.Build),
        ("netavark", NetavarkVerbs.Build),
        (OciVerbs.Name, OciVerbs.Build),
        ("docker", DockerVerbs.Build),
        ("docker-plugin", static () => new DockerPluginVerb()),
        ("dns", static () => new NameServerVerb()),
        ("gc", static () => new GarbageVerb()),
        ("repair", static () => new RepairVerb()),
        ("watch", static () => new WatchVerb()),
        ("version", static () => new VersionVerb()),
    ];

    /// <summary>The names of the verbs.</summary>
    internal static IEnumerable<string> Verbs => s_verbs.Select(verb => verb.Name);

    /// <summary>All verbs, with help.</summary>
    public static RootCommand Build()
    {
        RootCommand root = new(Description);
        foreach ((_, Func<Command> build) in s_verbs)
        {
            root.Add(build());
        }
        root.Add(StateDirectoryOption.Create());
        root.HelpName = Product.Name;
        root.Directives.Clear();
        _ = root.Options.Remove(root.Options.First(option => option is VersionOption));
        HelpOption help = root.Options.OfType<HelpOption>().First();
        help.Description = "Show this help.";
        help.Action = new ExampleHelp((HelpAction)help.Action!, s_examples);
        return root;
    }

    /// <summary>Parses the words. Building all verbs takes longer than parsing, so they are built only for help and errors.</summary>
    public static ParseResult Parse(IReadOnlyList<string> words) =>
        ParseOne(words) ?? CommandLineParser.Parse(Build(), words, Configuration);

    /// <summary>Runs the command line.</summary>
    /// <returns>The exit status.</returns>
    public static int Invoke(IReadOnlyList<string> words, TextWriter output, TextWriter error)
    {
        ParseResult result = Parse(words);
        if (result.Errors.Count > 0)
        {
            return Refuse(result, error);
        }
        try
        {
            return result.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (UsageException exception)
        {
            return Refuse(result, exception.Message, error);
        }
        catch (Exception exception)
        {
            return Failure.Report(exception, error);
        }
    }

    /// <summary>
    /// Parses the words with the one verb that they name. The other verbs cannot change the result, because the parser ignores them once it has met a
    /// verb. A first word that is neither a verb nor an option may be the program's own name, which the parser skips.
    /// </summary>
    /// <returns>Null if the words have errors or ask for help: then all verbs are needed.</returns>
    private static ParseResult? ParseOne(IReadOnlyList<string> words)
    {
        Func<Command>? build = words.Select(BuilderOf).FirstOrDefault(found => found is not null);
        if (build is null || (BuilderOf(words[0]) is null && !words[0].StartsWith('-')))
        {
            return null;
        }
        Option<bool> help = new("--help", "-h", "/h", "-?", "/?") { Recursive = true, Arity = ArgumentArity.Zero };
        Command root = new(Product.Name) { build(), StateDirectoryOption.Create(), help };
        ParseResult result = CommandLineParser.Parse(root, words, Configuration);
        return result.Errors.Count == 0 && result.GetResult(help) is null or { Implicit: true } ? result : null;
    }

    private static Func<Command>? BuilderOf(string word) =>
        Array.Find(s_verbs, verb => string.Equals(verb.Name, word, StringComparison.Ordinal)).Build;

    /// <summary>One line that says what is wrong, one that says where help is.</summary>
    private static int Refuse(ParseResult result, TextWriter error)
    {
        ParseError first = result.UnmatchedTokens is [string unknown, ..] && result.CommandResult.Command.Subcommands.Count > 0
            ? result.Errors.First(candidate => candidate.Message.Contains($"'{unknown}'", StringComparison.Ordinal))
            : result.Errors[0];
        return Refuse(result, first.Message.TrimEnd('.'), error);
    }

    private static int Refuse(ParseResult result, string message, TextWriter error)
    {
        Failure.Print(message, error);
        error.WriteLine($"try {PathOf(result.CommandResult)} --help");
        return ExitStatus.Usage;
    }

    private static string PathOf(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{PathOf(parent)} {command.Command.Name}" : Product.Name;
}
