using System.Globalization;

using BridgeNet.Netlink;

using static BridgeNet.Runtimes.Docker.DockerOptionValues;

namespace BridgeNet.Runtimes.Docker;

/// <summary>The options of a network by Docker's names, as <c>docker network create -o KEY=VALUE</c> has them, and a definition: both ways.</summary>
public static class DockerNetworkOptions
{
    /// <summary>The option that names the bridge.</summary>
    public const string BridgeName = "com.docker.network.bridge.name";

    /// <summary>The option for the largest packet: bytes, or auto.</summary>
    public const string Mtu = "com.docker.network.driver.mtu";

    /// <summary>The option that marks the default network of containers.</summary>
    public const string DefaultBridge = "com.docker.network.bridge.default_bridge";

    /// <summary>The option for a network without a way out.</summary>
    public const string Internal = "com.docker.network.internal";

    /// <summary>The option for IPv4.</summary>
    public const string EnableIPv4 = "com.docker.network.enable_ipv4";

    /// <summary>The option for IPv6.</summary>
    public const string EnableIPv6 = "com.docker.network.enable_ipv6";

    /// <summary>The value of <see cref="Mtu"/> for the MTU of the host's default route.</summary>
    public const string MtuOfHost = "auto";

    private const string Prefix = "com.docker.network.";
    private const string EndpointPrefix = "com.docker.network.endpoint.";
    private const string Truth = "true or false";

    private static readonly DockerNetworkOption[] s_options =
    [
        new(BridgeName, nameof(NetworkDefinition.Device), "a name of an interface, of at most 15 bytes",
            (network, text) => network with { Device = InterfaceName.Parse(text) },
            network => network.Device?.ToString()),
        new(DefaultBridge, null, $"{Truth}; true only of the network \"bridge\"",
            (network, text) => ParseBoolean(text) && !IsDefault(network) ? throw new FormatException("another network is the default one") : network,
            network => WriteBoolean(IsDefault(network), byDefault: false)),
        new("com.docker.network.bridge.enable_icc", nameof(NetworkDefinition.InterContainer), Truth,
            (network, text) => network with { InterContainer = ParseBoolean(text) },
            network => WriteBoolean(network.InterContainer, byDefault: true)),
        new("com.docker.network.bridge.enable_ip_masquerade", nameof(NetworkDefinition.Masquerade), Truth,
            (network, text) => network with { Masquerade = ParseBoolean(text) },
            network => WriteBoolean(network.Masquerade, byDefault: true)),
        new("com.docker.network.bridge.gateway_mode_ipv4", nameof(NetworkDefinition.IPv4Mode), Modes,
            (network, text) => network with { IPv4Mode = ParseMode(text) },
            network => WriteMode(network.IPv4Mode)),
        new("com.docker.network.bridge.gateway_mode_ipv6", nameof(NetworkDefinition.IPv6Mode), Modes,
            (network, text) => network with { IPv6Mode = ParseMode(text) },
            network => WriteMode(network.IPv6Mode)),
        new("com.docker.network.bridge.host_binding_ipv4", nameof(NetworkDefinition.HostBinding), "an address of the host, of IPv4 or IPv6",
            (network, text) => network with { HostBinding = AddressText.ParseAddress(text) },
            network => network.HostBinding?.ToString()),
        new("com.docker.network.bridge.inhibit_ipv4", nameof(NetworkDefinition.InhibitIPv4), Truth,
            (network, text) => network with { InhibitIPv4 = ParseBoolean(text) },
            network => WriteBoolean(network.InhibitIPv4, byDefault: false)),
        new("com.docker.network.bridge.trusted_host_interfaces", nameof(
            NetworkDefinition.TrustedInterfaces), "names of interfaces with ':' between them",
            (network, text) => network with { TrustedInterfaces = ValueList.From(text.Split(':').Select(name => InterfaceName.Parse(name))) },
            network => network.TrustedInterfaces.Count == 0 ? null : string.Join(':', network.TrustedInterfaces)),
        new("com.docker.network.advertise_addr_nmsgs", nameof(NetworkDefinition.Announcements), "a number from 0 to 3",
            (network, text) => network with { Announcements = ParseNumber(text, 0, 3) },
            network => network.Announcements == 3 ? null : Text(network.Announcements)),
        new("com.docker.network.advertise_addr_ms", nameof(NetworkDefinition.AnnouncementInterval), "a number of milliseconds from 100 to 2000",
            (network, text) => network with { AnnouncementInterval = TimeSpan.FromMilliseconds(ParseNumber(text, 100, 2000)) },
            network => network.AnnouncementInterval.TotalMilliseconds is 1000 ? null : Text((int)network.AnnouncementInterval.TotalMilliseconds)),
        new("com.docker.network.container_iface_prefix", nameof(
            NetworkDefinition.InterfacePrefix), "the beginning of an interface's name, of at most 11 bytes",
            (network, text) => network with { InterfacePrefix = ParsePrefix(text) },
            network => network.InterfacePrefix is "eth" ? null : network.InterfacePrefix),
        new(Mtu, nameof(NetworkDefinition.Mtu), $"a number of bytes from 68 to 65535, or {MtuOfHost}",
            (network, text) => text is MtuOfHost
                ? network with { Mtu = null, MtuFollowsHost = true }
                : network with { Mtu = ParseNumber(text, 68, ushort.MaxValue), MtuFollowsHost = false },
            network => network.MtuFollowsHost ? MtuOfHost : network.Mtu is { } mtu ? Text(mtu) : null),
        new("com.docker.network.driver.private.no_proxy_6to4", null, $"{Truth}, without effect: nothing here is a proxy",
            (network, text) =>
            {
                _ = ParseBoolean(text);
                return network;
            },
            _ => null),
        new(EnableIPv4, nameof(NetworkDefinition.IPv4), Truth,
            (network, text) => network with { IPv4 = ParseBoolean(text) },
            network => WriteBoolean(network.IPv4, byDefault: true)),
        new(EnableIPv6, nameof(NetworkDefinition.IPv6), Truth,
            (network, text) => network with { IPv6 = ParseBoolean(text) },
            network => WriteBoolean(network.IPv6, byDefault: false)),
        new("com.docker.network.host_ipv4", nameof(NetworkDefinition.IPv4Source), "an IPv4 address of the host",
            (network, text) => network with { IPv4Source = AddressText.ParseIPv4(text) },
            network => network.IPv4Source?.ToString()),
        new("com.docker.network.host_ipv6", nameof(NetworkDefinition.IPv6Source), "an IPv6 address of the host",
            (network, text) => network with { IPv6Source = AddressText.ParseIPv6(text) },
            network => network.IPv6Source?.ToString()),
        new(Internal, nameof(NetworkDefinition.Internal), Truth,
            (network, text) => network with { Internal = ParseBoolean(text) },
            network => WriteBoolean(network.Internal, byDefault: false)),
    ];

    /// <summary>Applies options to a definition.</summary>
    /// <param name="definition">What the network is without them.</param>
    /// <param name="options">Names and values.</param>
    /// <exception cref="FormatException">
    /// The option is unknown, given twice, or has a wrong value; the message names it and what is allowed.
    /// </exception>
    public static NetworkDefinition Apply(NetworkDefinition definition, IEnumerable<KeyValuePair<string, string>> options)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(options);
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach ((string key, string value) in options)
        {
            DockerNetworkOption option = Find(key) ?? throw new FormatException($"{key}={value}: {Unknown(key)}");
            if (!seen.Add(key))
            {
                throw new FormatException($"{key}={value}: the option is given twice");
            }
            try
            {
                definition = option.Read(definition, value);
            }
            catch (FormatException error)
            {
                throw new FormatException($"{key}={value}: the value can be {option.Allowed}", error);
            }
        }
        return definition;
    }

    /// <summary>The options of a definition that are not Docker's defaults, in the order of their names.</summary>
    public static IReadOnlyDictionary<string, string> Of(NetworkDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        SortedDictionary<string, string> options = new(StringComparer.Ordinal);
        foreach (DockerNetworkOption option in s_options)
        {
            if (option.Write(definition) is { } value)
            {
                options[option.Key] = value;
            }
        }
        return options;
    }

    /// <summary>Docker's name for a property of <see cref="NetworkDefinition"/>; null if it has none.</summary>
    internal static string? KeyOf(string property) =>
        Array.Find(s_options, option => string.Equals(option.Property, property, StringComparison.Ordinal))?.Key;

    private static DockerNetworkOption? Find(string key) =>
        Array.Find(s_options, option => string.Equals(option.Key, key, StringComparison.Ordinal));

    private static string Unknown(string key)
    {
        if (Array.Find(s_options, option => option.Key.EndsWith($".{key}", StringComparison.OrdinalIgnoreCase)
            || string.Equals(option.Key, key, StringComparison.OrdinalIgnoreCase)) is { } meant)
        {
            return $"there is no such option: {meant.Key} is meant, perhaps";
        }
        if (key.StartsWith(EndpointPrefix, StringComparison.Ordinal))
        {
            return "that is an option of an endpoint, not of a network";
        }
        if (!key.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return $"not an option of a bridge network, all of which begin with {Prefix}; what is only to be noted on it is a label";
        }
        string group = key[..(key.LastIndexOf('.') + 1)];
        string[] siblings = [.. s_options.Select(option => option.Key).Where(known => known.StartsWith(group, StringComparison.Ordinal))];
        return $"there is no such option: known are {string.Join(", ", siblings.Length > 0 ? siblings : s_options.Select(option => option.Key))}";
    }

    private static string ParsePrefix(string text) =>
        text.Length is > 0 and <= 11 && InterfaceName.TryParse(text + "0", provider: null, out _)
            ? text
            : throw new FormatException($"'{text}' does not begin the name of an interface");

    private static bool IsDefault(NetworkDefinition network) => string.Equals(network.Name, NetworkDefinition.Docker0.Name, StringComparison.Ordinal);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
