using System.Text.RegularExpressions;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Runtimes.Cni;

/// <summary>The checked configuration of the plugin tuning.</summary>
internal sealed record TuningPlan
{
    /// <summary>Patterns of the settings that an administrator lets pods have; without the file, all below /proc/sys/net.</summary>
    private const string AllowlistPath = "/etc/cni/tuning/allowlist.conf";

    private const string InterfaceToken = "IFNAME";

    /// <summary>Settings by their path below /proc/sys/net.</summary>
    public ValueList<KeyValuePair<string, string>> Sysctls { get; init; }

    /// <summary>The changes of the link.</summary>
    public required LinkChange Link { get; init; }

    /// <summary>Whether the link stays as it is.</summary>
    public bool LeavesLink => Link == new LinkChange();

    /// <summary>Checks the keys.</summary>
    /// <param name="call">The call.</param>
    /// <param name="isAlone">Whether the keys mac and mtu are the plugin's own; in a configuration shared with other plugins they are not.</param>
    /// <exception cref="CniException">7: a value is wrong.</exception>
    public static TuningPlan From(CniCall call, bool isAlone = true)
    {
        TuningOptions options = call.Options<TuningOptions>();
        CniConventionalArguments? arguments = call.Configuration.Args?.Cni;
        string? mac = isAlone
            ? new[] { call.Configuration.RuntimeConfig?.Mac, arguments?.Mac, call.Environment.Arguments.GetValueOrDefault("MAC"), options.Mac }
                .FirstOrDefault(text => !string.IsNullOrEmpty(text))
            : null;
        int? mtu = isAlone ? Positive(arguments?.Mtu ?? options.Mtu) : null;
        return new TuningPlan
        {
            Sysctls = [.. SysctlsOf(options.Sysctl, arguments?.Sysctl, call.Environment.InterfaceName)],
            Link = new LinkChange
            {
                MacAddress = mac is null
                    ? null
                    : MacAddress.TryParse(mac.Replace('-', ':'), null, out MacAddress parsed)
                    ? parsed
                    : throw Wrong($"invalid mac address '{mac}'"),
                Mtu = mtu,
                IsPromiscuous = (arguments?.Promisc ?? options.Promisc) is true ? true : null,
                IsAllMulticast = arguments?.Allmulti ?? options.Allmulti,
                TxQueueLength = Positive(arguments?.TxQLen ?? options.TxQLen),
            },
        };
    }

    /// <summary>The settings of the configuration; those of the container replace them.</summary>
    private static Dictionary<string, string> SysctlsOf(
        IReadOnlyDictionary<string, string>? configured, IReadOnlyDictionary<string, string>? asked, InterfaceName name)
    {
        Dictionary<string, string> settings = new(StringComparer.Ordinal);
        foreach (IReadOnlyDictionary<string, string> source in new[] { configured, asked }.OfType<IReadOnlyDictionary<string, string>>())
        {
            HashSet<string> own = new(StringComparer.Ordinal);
            foreach ((string key, string value) in source)
            {
                string path = PathOf(key, name);
                if (!own.Add(path))
                {
                    throw Wrong($"sysctl {key} is given twice");
                }
                settings[path] = value;
            }
        }
        return settings;
    }

    /// <summary>
    /// The path of a setting's name. Names have dots or slashes; in a name with slashes a dot is a plain character, as in the names of VLAN
    /// interfaces.
    /// </summary>
    private static string PathOf(string key, InterfaceName name)
    {
        CheckAllowed(key);
        string[] parts = key.Split(key.Contains('/', StringComparison.Ordinal) ? '/' : '.');
        if (parts.Length < 2 || parts[0] is not "net" || parts.Any(part => part is "" or "." or ".."))
        {
            throw Wrong($"invalid net sysctl key: '{key}': only settings below net may be set");
        }
        return string.Join('/', parts[1..].Select(part => part is InterfaceToken ? name.ToString() : part));
    }

    private static void CheckAllowed(string key)
    {
        string[] patterns;
        try
        {
            patterns = [.. File.ReadAllLines(AllowlistPath).Select(line => line.Trim()).Where(line => line.Length > 0)];
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return;
        }
        if (!patterns.Any(pattern => Regex.IsMatch(key, pattern, RegexOptions.None, TimeSpan.FromSeconds(1))))
        {
            throw Wrong($"Sysctl {key} is not allowed. Only the following sysctls are allowed: {string.Join(", ", patterns)} ({AllowlistPath})");
        }
    }

    private static int? Positive(int? number) => number is > 0 ? number : null;

    private static CniException Wrong(string message) => new(CniErrorCode.InvalidConfiguration, $"tuning: {message}");
}
