
using BridgeNet.Netlink;

namespace BridgeNet.Runtimes.Cni;

/// <summary>The environment variables of a call.</summary>
internal sealed record CniEnvironment
{
    private const string CommandVariable = "CNI_COMMAND";
    private const string ContainerVariable = "CNI_CONTAINERID";
    private const string NamespaceVariable = "CNI_NETNS";
    private const string InterfaceVariable = "CNI_IFNAME";
    private const string PathVariable = "CNI_PATH";

    /// <summary>The command.</summary>
    public required CniCommand Command { get; init; }

    /// <summary>The container's id; empty where the command needs none.</summary>
    public string ContainerId { get; init; } = string.Empty;

    /// <summary>The path of its network namespace; empty if it is gone.</summary>
    public string NamespacePath { get; init; } = string.Empty;

    /// <summary>The name of its interface; empty where the command needs none.</summary>
    public InterfaceName InterfaceName { get; init; }

    /// <summary>CNI_ARGS, by key.</summary>
    public IReadOnlyDictionary<string, string> Arguments { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The directories that hold plugins.</summary>
    public ValueList<string> PluginDirectories { get; init; }

    /// <summary>Whether the host's own namespace may be a container's (CNI_NETNS_OVERRIDE).</summary>
    public bool AllowsHostNamespace { get; init; }

    /// <summary>Whether the process was called as a plugin.</summary>
    public static bool IsCall(IReadOnlyDictionary<string, string> variables) => !string.IsNullOrEmpty(variables.GetValueOrDefault(CommandVariable));

    /// <summary>Reads and checks the variables.</summary>
    /// <exception cref="CniException">4: one is missing or wrong.</exception>
    public static CniEnvironment Read(IReadOnlyDictionary<string, string> variables)
    {
        string word = variables.GetValueOrDefault(CommandVariable, string.Empty);
        CniCommand command = word switch
        {
            "ADD" => CniCommand.Add,
            "DEL" => CniCommand.Delete,
            "CHECK" => CniCommand.Check,
            "GC" => CniCommand.CollectGarbage,
            "STATUS" => CniCommand.Status,
            "VERSION" => CniCommand.Version,
            _ => throw Wrong($"unknown CNI_COMMAND: {word}"),
        };
        string[] missing = [.. Needed(command).Where(name => string.IsNullOrEmpty(variables.GetValueOrDefault(name)))];
        if (missing.Length > 0)
        {
            throw Wrong($"required env variables [{string.Join(',', missing)}] missing");
        }
        bool isOfContainer = command is CniCommand.Add or CniCommand.Delete or CniCommand.Check;
        return new CniEnvironment
        {
            Command = command,
            ContainerId = isOfContainer ? CheckContainer(variables[ContainerVariable]) : string.Empty,
            NamespacePath = variables.GetValueOrDefault(NamespaceVariable, string.Empty),
            InterfaceName = isOfContainer ? CheckInterface(variables[InterfaceVariable]) : default,
            Arguments = ReadArguments(variables.GetValueOrDefault("CNI_ARGS", string.Empty)),
            PluginDirectories = [.. variables.GetValueOrDefault(PathVariable, string.Empty).Split(':', StringSplitOptions.RemoveEmptyEntries)],
            AllowsHostNamespace = variables.GetValueOrDefault("CNI_NETNS_OVERRIDE") is "1"
                || string.Equals(variables.GetValueOrDefault("CNI_NETNS_OVERRIDE"), "true", StringComparison.OrdinalIgnoreCase),
        };
    }

    /// <summary>Whether an identifier is of the form that container ids and network names have.</summary>
    public static bool IsIdentifier(string text) =>
        text.Length > 0 && char.IsAsciiLetterOrDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');

    private static string[] Needed(CniCommand command) => command switch
    {
        CniCommand.Add or CniCommand.Check => [ContainerVariable, NamespaceVariable, InterfaceVariable, PathVariable],
        CniCommand.Delete => [ContainerVariable, InterfaceVariable, PathVariable],
        CniCommand.CollectGarbage => [PathVariable],
        _ => [],
    };

    private static string CheckContainer(string id) => IsIdentifier(id)
        ? id
        : throw Wrong(
            $"invalid characters in CNI_CONTAINERID: '{Shown(id)}' is to begin with a letter or digit, and to have these, '_', '.' and '-' alone");

    private static InterfaceName CheckInterface(string name) => InterfaceName.TryParse(name, null, out InterfaceName parsed)
        ? parsed
        : throw Wrong(
            $"invalid CNI_IFNAME: '{Shown(name)}' is no name of an interface: at most {InterfaceName.MaxBytes} bytes without '/', ':' and spaces");

    /// <summary>As K=V;K=V. Keys that no plugin here knows are refused unless IgnoreUnknown says otherwise.</summary>
    private static Dictionary<string, string> ReadArguments(string text)
    {
        Dictionary<string, string> arguments = new(StringComparer.Ordinal);
        foreach (string pair in text.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw Wrong($"CNI_ARGS: '{Shown(pair)}' is not of the form KEY=VALUE");
            }
            arguments[pair[..equals]] = pair[(equals + 1)..];
        }
        bool ignores = arguments.GetValueOrDefault("IgnoreUnknown") is "1"
            || string.Equals(arguments.GetValueOrDefault("IgnoreUnknown"), "true", StringComparison.OrdinalIgnoreCase);
        string[] unknown = [.. arguments.Keys.Where(key => key is not ("IgnoreUnknown" or "IP" or "MAC"))];
        return ignores || unknown.Length == 0
            ? arguments
            : throw Wrong($"CNI_ARGS: unknown args [{string.Join(' ', unknown)}]: add IgnoreUnknown=1 to have them ignored");
    }

    /// <summary>A value shortened for an error.</summary>
    private static string Shown(string value) => (value.Length > 80 ? value[..80] + "…" : value).ReplaceLineEndings(" ").Replace('\0', ' ');

    private static CniException Wrong(string message) => new(CniErrorCode.InvalidEnvironment, message);
}
