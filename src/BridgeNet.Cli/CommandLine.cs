using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

using BridgeNet.Cli.Printing;
using BridgeNet.Cli.Verbs;

namespace BridgeNet.Cli;

/// <summary>From words to a verb that was run: parsing, help, and errors in one line each.</summary>
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

    /// <summary>How words are read: none of them names a file with more words.</summary>
    internal static ParserConfiguration Configuration { get; } = new() { ResponseFileTokenReplacer = null };

    /// <summary>The verbs, in the order in which the help lists them.</summary>
    internal static IReadOnlyList<string> Verbs { get; } =
    [
        "demo", "run", "attach", "detach", "ls", "inspect", "publish", "unpublish", "limit", "stats", "network", "cni", OciVerbs.Name, "gc", "repair", "watch", "version",
    ];

    /// <summary>All verbs, with help.</summary>
    public static RootCommand Build()
    {
        RootCommand root = new(Description);
        foreach (string verb in Verbs)
        {
            root.Add(Build(verb));
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

    /// <summary>What the words mean. Drawing up all verbs takes longer than reading the words: that is for those who need help.</summary>
    public static ParseResult Parse(IReadOnlyList<string> words) =>
        ParseOne(words) ?? CommandLineParser.Parse(Build(), words, Configuration);

    /// <summary>Does what the words say.</summary>
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
    /// What the words mean if they are faultless and ask for no help: then only the verb that they name first is looked at, as the others' options
    /// mean nothing to the parser once it has met a verb. A first word that is neither may be the program's own name, which the parser skips.
    /// </summary>
    /// <returns>Null if somebody needs to see all verbs.</returns>
    private static ParseResult? ParseOne(IReadOnlyList<string> words)
    {
        string? verb = words.FirstOrDefault(IsVerb);
        if (verb is null || !(IsVerb(words[0]) || words[0].StartsWith('-')))
        {
            return null;
        }
        Option<bool> help = new("--help", "-h", "/h", "-?", "/?") { Recursive = true, Arity = ArgumentArity.Zero };
        Command root = new(Product.Name) { Build(verb), StateDirectoryOption.Create(), help };
        ParseResult result = CommandLineParser.Parse(root, words, Configuration);
        return result.Errors.Count == 0 && result.GetResult(help) is null or { Implicit: true } ? result : null;
    }

    private static bool IsVerb(string word) => Verbs.Contains(word, StringComparer.Ordinal);

    private static Command Build(string verb) => verb switch
    {
        "demo" => new DemoVerb(),
        "run" => new RunVerb(),
        "attach" => new AttachVerb(),
        "detach" => new DetachVerb(),
        "ls" => new ListVerb(),
        "inspect" => new InspectVerb(),
        "publish" => new PublishVerb(),
        "unpublish" => new UnpublishVerb(),
        "limit" => new LimitVerb(),
        "stats" => new StatisticsVerb(),
        "network" => NetworkVerbs.Build(),
        "cni" => CniVerbs.Build(),
        OciVerbs.Name => OciVerbs.Build(),
        "gc" => new GarbageVerb(),
        "repair" => new RepairVerb(),
        "watch" => new WatchVerb(),
        "version" => new VersionVerb(),
        _ => throw new ArgumentOutOfRangeException(nameof(verb), verb, message: null),
    };

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
