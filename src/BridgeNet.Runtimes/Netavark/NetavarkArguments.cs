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
    private const string Config = "--config", Rootless = "--rootless", NameServer = "--aardvark-binary", Firewall = "--firewall-driver";
    private const string Plugins = "--plugin-directory", Update = "--network-dns-servers";

    /// <summary>Reads the words.</summary>
    /// <exception cref="NetavarkUsageException">They make no sense.</exception>
    /// <exception cref="NetavarkException">A value cannot be.</exception>
    public static NetavarkArguments Parse(IReadOnlyList<string> words, IReadOnlyDictionary<string, string> environment)
    {
        Dictionary<string, string> options = new(StringComparer.Ordinal);
        List<string> operands = [];
        for (int at = 0; at < words.Count; at++)
        {
            string[] parts = words[at].Split('=', 2);
            if (parts[0] is Config or Rootless or NameServer or Firewall or Plugins or Update or "-c" or "-f" or "-r" or "-a")
            {
                options[Long(parts[0])] = parts.Length == 2
                    ? parts[1]
                    : ++at < words.Count ? words[at] : throw new NetavarkUsageException($"a value is required for '{parts[0]}'");
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
        string verb = operands.FirstOrDefault()
            ?? throw new NetavarkUsageException("a verb is required: setup, teardown, update, firewall-reload or version");
        bool wantsOperand = verb is "setup" or "teardown" or "update";
        if (operands.Count != (wantsOperand ? 2 : 1))
        {
            throw new NetavarkUsageException(wantsOperand && operands.Count == 1
                ? $"{verb} needs {(verb is "update" ? "a network" : "the path of a network namespace")}"
                : $"unexpected argument '{operands[^1]}' found");
        }
        return new NetavarkArguments(
            verb,
            operands.ElementAtOrDefault(1) ?? "",
            [.. options.GetValueOrDefault(Update, "").Split(',', StringSplitOptions.RemoveEmptyEntries)],
            new NetavarkOptions
            {
                Directory = options.GetValueOrDefault(Config),
                NameServer = options.GetValueOrDefault(NameServer, ""),
                Firewall = DriverOf(options.GetValueOrDefault(Firewall) ?? environment.GetValueOrDefault("NETAVARK_FW") ?? ""),
                DnsPort = PortOf(environment.GetValueOrDefault("NETAVARK_DNS_PORT") ?? ""),
            });
    }

    private static string Long(string option) => option switch
    {
        "-c" => Config,
        "-f" => Firewall,
        "-r" => Rootless,
        "-a" => NameServer,
        _ => option,
    };

    private static NetavarkFirewallDriver DriverOf(string name) => name switch
    {
        "" or "nftables" => NetavarkFirewallDriver.Nftables,
        "iptables" => NetavarkFirewallDriver.Iptables,
        "none" => NetavarkFirewallDriver.None,
        _ => throw new NetavarkException($"Must provide a valid firewall backend, got {name}: nftables, iptables and none are supported"),
    };

    private static ushort PortOf(string text) => text.Length == 0
        ? (ushort)53
        : ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) && port > 0
        ? port
        : throw new NetavarkException($"Invalid NETAVARK_DNS_PORT {text}: invalid digit found in string");
}
