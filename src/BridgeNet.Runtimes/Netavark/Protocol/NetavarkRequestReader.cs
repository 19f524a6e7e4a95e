using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>
/// Reads what Podman writes. Members that nobody here knows are skipped, as netavark skips them; what is missing or cannot be is told with its name.
/// </summary>
internal static class NetavarkRequestReader
{
    /// <summary>Reads a whole request.</summary>
    /// <exception cref="NetavarkException">It cannot be read; the message says where.</exception>
    /// <param name="json">The request.</param>
    /// <param name="isTolerant">
    /// Whether options that cannot be, and networks without a description, are left out: what was set up is to be taken down whatever became of
    /// the network's file since.
    /// </param>
    public static NetavarkRequest Read(ReadOnlySpan<byte> json, bool isTolerant = false)
    {
        try
        {
            return Request(JsonElement.Parse(json), isTolerant);
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            throw new NetavarkException(
                json.IsEmpty ? "failed to load network options: there is none on stdin" : $"failed to load network options: {error.Message}", error);
        }
    }

    /// <summary>Reads options into a network.</summary>
    /// <exception cref="NetavarkException">One cannot be.</exception>
    /// <param name="network">The network.</param>
    /// <param name="options">Its options.</param>
    /// <param name="isTolerant">Whether one that cannot be is left out.</param>
    public static NetavarkNetwork ReadOptions(
        NetavarkNetwork network, IEnumerable<(string Name, string Value)> options, bool isTolerant = false)
    {
        foreach ((string name, string value) in options)
        {
            try
            {
                network = WithOption(network, name, value);
            }
            catch (NetavarkException) when (isTolerant)
            {
                // it was another when the container was set up
            }
        }
        return network;
    }

    /// <summary>The type of a route by its name; none is unicast.</summary>
    /// <exception cref="NetavarkException">There is no such type.</exception>
    public static RouteType RouteTypeOf(string? name) => name switch
    {
        null or "" or "unicast" => RouteType.Unicast,
        "blackhole" => RouteType.Blackhole,
        "unreachable" => RouteType.Unreachable,
        "prohibit" => RouteType.Prohibit,
        _ => throw new NetavarkException($"invalid route type \"{name}\""),
    };

    private static NetavarkRequest Request(JsonElement json, bool isTolerant)
    {
        JsonElement networks = Required(json, "networks"), described = Required(json, "network_info");
        return new NetavarkRequest
        {
            ContainerId = Text(json, "container_id"),
            ContainerName = Text(json, "container_name"),
            Ports = Optional(json, "port_mappings") is { } ports ? [.. ports.EnumerateArray().Select(Port)] : null,
            PortsAsGiven = Optional(json, "port_mappings"),
            DnsServers = [.. Items(json, "dns_servers").Select(server => $"{Address(TextOf(server))}")],
            Attachments =
            [
                .. Places(networks)
                    .Where(place => !isTolerant || Optional(described, place.Network) is not null)
                    .Select(place => Attachment(place.Network, place.Json, described, isTolerant)),
            ],
        };
    }

    /// <summary>Podman up to 5 writes an object by the networks' names, netavark 2 also takes an array whose members have names.</summary>
    private static IEnumerable<(string Network, JsonElement Json)> Places(JsonElement json) => json.ValueKind is JsonValueKind.Array
        ? json.EnumerateArray().Select(place => (Text(place, "name"), place))
        : json.EnumerateObject().Select(entry => (entry.Name, entry.Value));

    private static NetavarkPortMapping Port(JsonElement json) => new(
        Text(json, "host_ip"),
        Port(json, "host_port"),
        Port(json, "container_port"),
        Port(json, "range"),
        Text(json, "protocol"));

    private static NetavarkAttachment Attachment(string name, JsonElement json, JsonElement described, bool isTolerant)
    {
        if (Optional(described, name) is not { } network)
        {
            throw new NetavarkException($"network options for network {name} not found");
        }
        JsonElement? options = Optional(json, "options");
        return new NetavarkAttachment
        {
            Network = Network(network, isTolerant),
            NetworkAsGiven = network,
            AsGiven = json,
            Interface = Text(json, "interface_name"),
            HostInterface = options is { } all ? OptionalText(all, "host_interface_name") : null,
            Addresses = [.. Items(json, "static_ips").Select(address => Address(TextOf(address)))],
            MacAddress = OptionalText(json, "static_mac") is { } mac ? Mac(mac) : null,
            Aliases = [.. Items(json, "aliases").Select(alias => TextOf(alias))],
        };
    }

    private static NetavarkNetwork Network(JsonElement json, bool isTolerant)
    {
        NetavarkNetwork network = new()
        {
            Name = Text(json, "name"),
            Id = Text(json, "id"),
            Driver = Text(json, "driver"),
            Interface = OptionalText(json, "network_interface") ?? "",
            Subnets = [.. Items(json, "subnets").Select(Subnet)],
            Routes = [.. Items(json, "routes").Select(Route)],
            IsInternal = Flag(json, "internal"),
            HasDns = Flag(json, "dns_enabled") && Text(json, "driver") is "bridge", // elsewhere the host has no address to serve it at
            DnsServers = [.. Items(json, "network_dns_servers").Select(server => $"{Address(TextOf(server))}")],
            IpamDriver = Optional(json, "ipam_options") is { } ipam ? OptionalText(ipam, "driver") : null,
        };
        return Optional(json, "options") is { } options
            ? ReadOptions(network, options.EnumerateObject().Select(option => (option.Name, OptionValue(option))), isTolerant)
            : network;
    }

    private static NetavarkNetwork WithOption(NetavarkNetwork network, string name, string value) => name switch
    {
        "isolate" => network with
        {
            Isolation = value switch
            {
                "true" => NetavarkIsolation.Normal,
                "strict" => NetavarkIsolation.Strict,
                _ => NetavarkIsolation.Never,
            },
        },
        "mtu" => network with { Mtu = (int)Number(name, value) is > 0 and var mtu ? mtu : null },
        "metric" => network with { Metric = Number(name, value) },
        "no_default_route" => network with
        {
            HasNoDefaultRoute = value is "true"
                || (value is "false" ? false : throw new NetavarkException($"unable to parse \"{name}\": {value} is neither true nor false")),
        },
        "mode" => WithMode(network, value),
        "bclim" when network.Driver is "macvlan" => network with
        {
            BroadcastCutoff = int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int most)
                ? most
                : throw NoNumber(name),
        },
        "vlan" when network.IsBridge => network with { Vlan = Number(name, value) is > 0 and var vlan ? Vlan(vlan) : null },
        "vrf" when network.IsBridge => network with { Vrf = value.Length > 0 ? value : null },
        NetavarkNetwork.OutboundAddress4 when network.IsBridge => WithOutbound(network, name, value, AddressFamily.InterNetwork),
        NetavarkNetwork.OutboundAddress6 when network.IsBridge => WithOutbound(network, name, value, AddressFamily.InterNetworkV6),
        _ => network,
    };

    private static NetavarkNetwork WithOutbound(NetavarkNetwork network, string name, string value, AddressFamily family) =>
        PlainAddress.Find(value) is { } address && address.AddressFamily == family && !IsNobodys(address)
            ? network with { OutboundAddresses = [.. network.OutboundAddresses, address] }
            : throw new NetavarkException($"unable to parse \"{name}\": {value} is no {(family is AddressFamily.InterNetwork ? "IPv4" : "IPv6")} "
                + "address that packets may come from");

    private static bool IsNobodys(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    private static string OptionValue(JsonProperty option) => option.Value.ValueKind switch
    {
        JsonValueKind.String => option.Value.GetString()!,
        JsonValueKind.Null => "",
        _ => throw new JsonException($"invalid type: option `{option.Name}` is to be a string"),
    };

    private static NetavarkNetwork WithMode(NetavarkNetwork network, string mode) => (network.Driver, mode) switch
    {
        ("bridge", "managed" or "") => network,
        ("bridge", "unmanaged") => network with { IsUnmanaged = true },
        ("macvlan", "" or "bridge") => network with { MacvlanMode = MacvlanMode.Bridge },
        ("macvlan", "private") => network with { MacvlanMode = MacvlanMode.Private },
        ("macvlan", "vepa") => network with { MacvlanMode = MacvlanMode.Vepa },
        ("macvlan", "passthru") => network with { MacvlanMode = MacvlanMode.Passthrough },
        ("macvlan", "source") => network with { MacvlanMode = MacvlanMode.Source },
        ("ipvlan", "" or "l2") => network with { IpvlanMode = IpvlanMode.Layer2 },
        ("ipvlan", "l3") => network with { IpvlanMode = IpvlanMode.Layer3 },
        ("ipvlan", "l3s") => network with { IpvlanMode = IpvlanMode.Layer3Symmetric },
        ("bridge" or "macvlan" or "ipvlan", _) => throw new NetavarkException($"invalid {network.Driver} mode \"{mode}\""),
        _ => network,
    };

    private static NetavarkSubnet Subnet(JsonElement json) => new(
        InterfaceAddress.Parse(Text(json, "subnet"), CultureInfo.InvariantCulture).Subnet,
        OptionalText(json, "gateway") is { Length: > 0 } gateway ? Address(gateway) : null);

    private static NetavarkRoute Route(JsonElement json)
    {
        RouteType type = RouteTypeOf(OptionalText(json, "route_type"));
        return new NetavarkRoute(
            InterfaceAddress.Parse(Text(json, "destination"), CultureInfo.InvariantCulture).Subnet,
            type is RouteType.Unicast ? Address(Text(json, "gateway")) : null,
            Optional(json, "metric")?.GetUInt32(),
            type);
    }

    private static ushort Vlan(uint number) =>
        number <= BridgeVlans.MaxId ? (ushort)number : throw new NetavarkException($"vlan must be between 0 and {BridgeVlans.MaxId}");

    private static uint Number(string name, string text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number)
            ? number
            : throw NoNumber(name);

    private static NetavarkException NoNumber(string option) => new($"unable to parse \"{option}\": invalid digit found in string");

    private static IPAddress Address(string text) => AddressText.ParseAddress(text);

    private static MacAddress Mac(string text) => MacAddress.TryParse(text.Replace('-', ':'), CultureInfo.InvariantCulture, out MacAddress mac)
        ? mac
        : throw new NetavarkException($"unable to parse mac address {text}: write six bytes, as 02:42:ac:11:00:02");

    private static string Text(JsonElement json, string name) =>
        OptionalText(json, name) ?? throw new JsonException($"missing field `{name}`");

    private static string TextOf(JsonElement json) => json.GetString() ?? throw new JsonException("null is no text");

    private static string? OptionalText(JsonElement json, string name) => Optional(json, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        _ => throw new JsonException($"invalid type: `{name}` is to be a string"),
    };

    private static bool Flag(JsonElement json, string name) => Optional(json, name) switch
    {
        null => false,
        { ValueKind: JsonValueKind.True or JsonValueKind.False } flag => flag.GetBoolean(),
        _ => throw new JsonException($"invalid type: `{name}` is to be a boolean"),
    };

    private static ushort Port(JsonElement json, string name) =>
        Required(json, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetUInt16(out ushort port)
            ? port
            : throw new JsonException($"invalid value: `{name}` is to be a number up to {ushort.MaxValue}");

    private static JsonElement.ArrayEnumerator Items(JsonElement json, string name) => Optional(json, name)?.EnumerateArray() ?? default;

    private static JsonElement Required(JsonElement json, string name) => Optional(json, name) ?? throw new JsonException($"missing field `{name}`");

    /// <summary>A member; null if it is missing or null.</summary>
    private static JsonElement? Optional(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind is not JsonValueKind.Null ? value : null;
}
