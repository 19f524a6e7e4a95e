using System.Globalization;

using BridgeNet.Netlink;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>The words of a call: options, a verb, its operand.</summary>
/// <param name="Verb"><c>setup</c>, <c>teardown</c> …</param>
/// <param name="Operand">The namespace, or the network of <c>update</c>.</param>
/// <param name="Servers">The servers of <c>update</c>.</param>
/// <param name="Options">What stood before the verb, and in the environment.</param>
internal sealed record NetavarkArguments(string Verb, string Operand, ValueList<string> Servers, NetavarkOptions Options)
{
    /// <summary>What <c>--help</c> prints.</summary>
    public const string Help =
        """
        Usage: netavark [OPTIONS] <COMMAND>

        Commands:
          setup NETNS       connects a container to its networks; the request is JSON on stdin
          teardown NETNS    disconnects it again; the request is the one of setup
          update NETWORK    sets the servers that a network's name server asks: --network-dns-servers A,B
          create            completes a description of a network, JSON on stdin
          firewall-reload   restores the packet rules of all networks
          firewalld-reload  does so at once and whenever firewalld was reloaded, until it is stopped
          version           prints the version as JSON
          help              prints this

        Options:
          -c, --config DIR            where the state files are
          -f, --file FILE             a file with the request, instead of stdin
              --firewall-driver NAME  nftables, iptables, firewalld or none; the environment's NETAVARK_FW does the same
          -a, --aardvark-binary FILE  the name server
              --plugin-directory DIR  where plugins are; may be given several times
          -r, --rootless BOOL         true or false; is read and has no effect
          -h, --help                  prints this
          -V, --version               prints the version

        """;

    private const string Config = "--config", Rootless = "--rootless", NameServer = "--aardvark-binary", Firewall = "--firewall-driver";
    private const string Plugins = "--plugin-directory", Update = "--network-dns-servers", RequestFile = "--file";

    /// <summary>Reads the words.</summary>
    /// <exception cref="NetavarkUsageException">They make no sense.</exception>
    /// <exception cref="NetavarkException">A value cannot be.</exception>
    public static NetavarkArguments Parse(IReadOnlyList<string> words, IReadOnlyDictionary<string, string> environment)
    {
        Dictionary<string, string> options = new(StringComparer.Ordinal);
        List<string> operands = [], plugins = [];
        for (int at = 0; at < words.Count; at++)
        {
            string[] parts = words[at].Split('=', 2);
            if (Long(parts[0]) is Config or Rootless or NameServer or Firewall or Plugins or Update or RequestFile)
            {
                string value = parts.Length == 2
                    ? parts[1]
                    : ++at < words.Count ? words[at] : throw new NetavarkUsageException($"a value is required for '{parts[0]}'");
                if (parts[0] is Plugins)
                {
                    plugins.Add(value);
                }
                options[Long(parts[0])] = value;
            }
            else if (words[at] is "--help" or "-h")
            {
                return new NetavarkArguments("help", "", [], new NetavarkOptions());
            }
            else if (words[at].StartsWith('-') && words[at] is not ("--version" or "-V"))
            {
                throw new NetavarkUsageException($"unexpected argument '{words[at]}' found");
            }
            else
            {
                operands.Add(words[at]);
            }
        }
        string verb = CheckVerb(operands, options.ContainsKey(Update));
        return new NetavarkArguments(
            verb,
            operands.ElementAtOrDefault(1) ?? "",
            [.. options.GetValueOrDefault(Update, "").Split(',', StringSplitOptions.RemoveEmptyEntries)],
            new NetavarkOptions
            {
                Directory = options.GetValueOrDefault(Config),
                RequestFile = options.GetValueOrDefault(RequestFile),
                NameServer = options.GetValueOrDefault(NameServer, NetavarkOptions.UsualNameServer),
                PluginDirectories = [.. plugins],
                Firewall = DriverOf(options.GetValueOrDefault(Firewall) ?? environment.GetValueOrDefault("NETAVARK_FW") ?? ""),
                SystemBus = environment.GetValueOrDefault("DBUS_SYSTEM_BUS_ADDRESS", NetavarkOptions.UsualSystemBus),
                DnsPort = PortOf(environment.GetValueOrDefault("NETAVARK_DNS_PORT") ?? ""),
            });
    }

    private static string CheckVerb(List<string> operands, bool hasServers)
    {
        string verb = operands.FirstOrDefault()
            ?? throw new NetavarkUsageException("a verb is required: setup, teardown, update, create, firewall-reload, firewalld-reload or version");
        bool wantsOperand = verb is "setup" or "teardown" or "update";
        if (operands.Count != (wantsOperand ? 2 : 1))
        {
            throw new NetavarkUsageException(wantsOperand && operands.Count == 1
                ? $"{verb} needs {(verb is "update" ? "a network" : "the path of a network namespace")}"
                : $"unexpected argument '{operands[^1]}' found");
        }
        if (verb is "update" && !hasServers)
        {
            throw new NetavarkUsageException($"update needs {Update}, whose value may be empty");
        }
        if (wantsOperand && operands[1].Length == 0)
        {
            throw new NetavarkUsageException($"{verb} needs {(verb is "update" ? "a network" : "the path of a network namespace")}");
        }
        return verb;
    }

    private static string Long(string option) => option switch
    {
        "-c" => Config,
        "-f" => RequestFile,
        "-r" => Rootless,
        "-a" => NameServer,
        _ => option,
    };

    private static NetavarkFirewallDriver DriverOf(string name) => name.ToLowerInvariant() switch
    {
        "" or "nftables" => NetavarkFirewallDriver.Nftables,
        "iptables" => NetavarkFirewallDriver.Iptables,
        "firewalld" => NetavarkFirewallDriver.Firewalld,
        "none" => NetavarkFirewallDriver.None,
        _ => throw new NetavarkException($"Must provide a valid firewall backend, got {name}: nftables, iptables, firewalld and none are supported"),
    };

    private static ushort PortOf(string text) => text.Length == 0
        ? NetavarkOptions.UsualDnsPort
        : ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) && port > 0
        ? port
        : throw new NetavarkException($"Invalid NETAVARK_DNS_PORT {text}: invalid digit found in string");
}
