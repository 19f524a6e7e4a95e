using System.Net;
using System.Text.Json;

using BridgeNet.Netlink;

namespace BridgeNet.Runtimes.Docker.Plugin;

/// <summary>
/// What Docker has no option for: <c>docker network connect --driver-opt bridgenet.NAME=VALUE</c> for an endpoint, and <c>docker network create -o
/// bridgenet.NAME=VALUE</c> for all endpoints of a network that do not say otherwise. The names are those of the command line.
/// </summary>
internal sealed record EndpointSettings
{
    /// <summary>How the names begin.</summary>
    public const string Prefix = "bridgenet.";

    private static readonly EndpointSetting[] s_all =
    [
        new("publish-from", "networks with spaces between them, as 10.0.0.0/8 192.0.2.0/24",
            (settings, text) => settings with { Sources = ValueList.From(WordsOf(text).Select(ParseSource)) }),
        new("route", "DEST [via ADDRESS], several with spaces between them, as 10.9.0.0/16 via 172.18.0.5",
            (settings, text) => settings with { Routes = ValueList.From(ParseRoutes(WordsOf(text))) }),
        new("no-anti-spoofing", "true or false",
            (settings, text) => settings with { AntiSpoofing = !DockerOptionValues.ParseBoolean(text) }),
        new("ingress-rate", "a number of bits per second, as 10m",
            (settings, text) => settings.Limited(own => own with { IngressRate = Rate(text) })),
        new("ingress-burst", "a number of bytes",
            (settings, text) => settings.Limited(own => own with { IngressBurst = Burst(text) })),
        new("egress-rate", "a number of bits per second, as 10m",
            (settings, text) => settings.Limited(own => own with { EgressRate = Rate(text) })),
        new("egress-burst", "a number of bytes",
            (settings, text) => settings.Limited(own => own with { EgressBurst = Burst(text) })),
    ];

    /// <summary>The clients that may connect to its published ports; empty for all.</summary>
    public ValueList<IPNetwork> Sources { get; private init; }

    /// <summary>Routes besides the default routes.</summary>
    public ValueList<StaticRoute> Routes { get; private init; }

    /// <summary>Whether it is kept from sending with the addresses of others.</summary>
    public bool AntiSpoofing { get; private init; } = true;

    /// <summary>Its bandwidth limits; null for none.</summary>
    public Bandwidth? Bandwidth { get; private init; }

    /// <summary>Whether there is an option of ours among those of a request.</summary>
    public static bool AreIn(JsonElement? options) => OursIn(options).Any();

    /// <summary>Whether an option is ours.</summary>
    public static bool IsOurs(string key) => key.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The settings of an endpoint.</summary>
    /// <param name="network">The network, whose labels have its settings.</param>
    /// <param name="options">The options of the endpoint; null for none.</param>
    /// <exception cref="FormatException">One is unknown or has a wrong value; the message names it and what is allowed.</exception>
    public static EndpointSettings Read(NetworkDefinition network, JsonElement? options)
    {
        EndpointSettings settings = Read(network.Labels.Where(label => IsOurs(label.Key)));
        return Apply(settings, OursIn(options).Select(key => KeyValuePair.Create(key, PluginRequest.Text(options, key))));
    }

    /// <summary>The settings that options name.</summary>
    /// <param name="options">Names and values; all names are ours.</param>
    /// <exception cref="FormatException">One is unknown or has a wrong value; the message names it and what is allowed.</exception>
    public static EndpointSettings Read(IEnumerable<KeyValuePair<string, string>> options) => Apply(new EndpointSettings(), options);

    private static EndpointSettings Apply(EndpointSettings settings, IEnumerable<KeyValuePair<string, string>> options)
    {
        foreach ((string key, string value) in options)
        {
            EndpointSetting setting = Array.Find(s_all, one => string.Equals(one.Name, key[Prefix.Length..], StringComparison.Ordinal))
                ?? throw new FormatException(
                    $"{key}={value}: there is no such option: known are {string.Join(", ", s_all.Select(one => Prefix + one.Name))}");
            try
            {
                settings = setting.Read(settings, value);
            }
            catch (FormatException error)
            {
                throw new FormatException($"{key}={value}: the value can be {setting.Allowed}", error);
            }
        }
        return settings;
    }

    private static IEnumerable<string> OursIn(JsonElement? options) =>
        options is { ValueKind: JsonValueKind.Object } all ? all.EnumerateObject().Select(PluginRequest.NameOf).Where(IsOurs) : [];

    private EndpointSettings Limited(Func<Bandwidth, Bandwidth> change) => this with { Bandwidth = change(Bandwidth ?? new Bandwidth()) };

    /// <summary>Docker's command line takes no commas in an option's value.</summary>
    private static string[] WordsOf(string text) => text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A network, or an address for itself alone.</summary>
    private static IPNetwork ParseSource(string text)
    {
        if (text.Contains('/', StringComparison.Ordinal))
        {
            return AddressText.ParseNetwork(text);
        }
        IPAddress address = AddressText.ParseAddress(text);
        return new IPNetwork(address, AddressNumber.BitsOf(address.AddressFamily));
    }

    /// <summary>As `ip route` writes them.</summary>
    private static IEnumerable<StaticRoute> ParseRoutes(string[] words)
    {
        for (int i = 0; i < words.Length; i++)
        {
            bool hasHop = i + 2 < words.Length && words[i + 1] is "via";
            StaticRoute route = RouteText.Parse(words[i], hasHop ? words[i + 2] : null);
            i += hasHop ? 2 : 0;
            yield return route.Destination.PrefixLength > 0 ? route : throw new FormatException("the default route is the network's");
        }
    }

    private static long Rate(string text) => Quantity.Parse(text, long.MaxValue, "bits per second");

    private static long Burst(string text) => Quantity.Parse(text, uint.MaxValue, "bytes");
}
