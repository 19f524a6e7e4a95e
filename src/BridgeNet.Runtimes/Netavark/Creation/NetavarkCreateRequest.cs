using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

using BridgeNet.Netlink;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>What Podman 6 asks of <c>create</c>: a network with what its user said, and what is taken.</summary>
internal sealed record NetavarkCreateRequest
{
    private const string NoAddress = "invalid IP address syntax";

    /// <summary>The network, in the form of its file. What nobody here knows stays as it is.</summary>
    public required JsonObject Network { get; init; }

    /// <summary>Interfaces that other networks have.</summary>
    public required IReadOnlySet<string> Interfaces { get; init; }

    /// <summary>Names that other networks have.</summary>
    public required IReadOnlySet<string> Names { get; init; }

    /// <summary>Subnets that other networks, or routes of the host, have.</summary>
    public ValueList<AddressBlock> Subnets { get; init; }

    /// <summary>Where subnets are taken from, and the length of their prefix.</summary>
    public ValueList<(IPNetwork Base, int Size)> Pools { get; init; }

    /// <summary>What names of bridges begin with; null if it was not said.</summary>
    public string? InterfacePrefix { get; init; }

    /// <summary>Whether subnets must be clear of those that are taken.</summary>
    public bool ChecksSubnets { get; init; }

    /// <summary>Reads a request.</summary>
    /// <exception cref="NetavarkException">It cannot be read; the message says where.</exception>
    public static NetavarkCreateRequest Read(ReadOnlySpan<byte> json)
    {
        try
        {
            JsonObject request = JsonNode.Parse(json)?.AsObject() ?? throw new JsonException("invalid type: null, expected an object");
            JsonObject network = Required(request, "network").AsObject(), used = Required(request, "used").AsObject();
            JsonObject options = Required(request, "options").AsObject();
            CheckForm(network);
            return new NetavarkCreateRequest
            {
                Network = network,
                Interfaces = Texts(Required(used, "interfaces")),
                Names = Required(used, "names").AsObject().Select(pair => pair.Key).ToHashSet(StringComparer.Ordinal),
                Subnets = [.. Required(used, "subnets").AsArray().Select(subnet => AddressBlock.Of(NetworkOf(subnet)))],
                Pools = [.. Required(options, "subnet_pools").AsArray().Select(PoolOf)],
                InterfacePrefix = options["default_interface_name"]?.GetValue<string>(),
                ChecksSubnets = Required(options, "check_used_subnets").GetValue<bool>(),
            };
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            throw Unreadable(error.Message, error);
        }
    }

    /// <summary>Checks that a network has what each has, and that all that is read of it later is of the right type.</summary>
    /// <exception cref="JsonException">Something is missing, or of another type; the message names it.</exception>
    public static void CheckForm(JsonObject network)
    {
        foreach (string name in (string[])["name", "id", "driver"])
        {
            _ = Required(network, name);
            Check<string>(network, name);
        }
        foreach (string name in (string[])["dns_enabled", "internal", "ipv6_enabled"])
        {
            _ = Required(network, name);
            Check<bool>(network, name);
        }
        Check<string>(network, "network_interface");
        foreach (string name in (string[])["options", "ipam_options", "labels"])
        {
            JsonObject? all = ObjectAt(network, name);
            foreach (string key in all?.Select(pair => pair.Key) ?? [])
            {
                Check<string>(all!, key);
            }
        }
        foreach (JsonObject subnet in ObjectsAt(network, "subnets"))
        {
            Check<string>(subnet, "subnet");
            Check<string>(subnet, "gateway");
            if (ObjectAt(subnet, "lease_range") is { } range)
            {
                Check<string>(range, "start_ip");
                Check<string>(range, "end_ip");
            }
        }
        foreach (JsonObject route in ObjectsAt(network, "routes"))
        {
            Check<string>(route, "destination");
            Check<string>(route, "gateway");
            Check<string>(route, "route_type");
            Check<uint>(route, "metric");
        }
        foreach (JsonNode? server in ListAt(network, "network_dns_servers"))
        {
            if (server is not JsonValue text || !text.TryGetValue(out string? address) || PlainAddress.Find(address) is null)
            {
                throw new JsonException($"{server}: {NoAddress}");
            }
        }
    }

    /// <summary>A subnet or destination, host bits cleared.</summary>
    /// <exception cref="NetavarkException">It is none.</exception>
    public static IPNetwork NetworkOf(JsonNode? json) => PlaceOf(json).Subnet;

    /// <summary>A subnet or destination as it stands, with its host bits.</summary>
    /// <exception cref="NetavarkException">It is none.</exception>
    public static InterfaceAddress PlaceOf(JsonNode? json)
    {
        try
        {
            return AddressText.ParseInterfaceAddress(json?.GetValue<string>() ?? "");
        }
        catch (FormatException error)
        {
            throw Unreadable($"{json}: {NoAddress}", error);
        }
    }

    /// <summary>An address.</summary>
    /// <exception cref="NetavarkException">It is none.</exception>
    public static IPAddress AddressOf(JsonNode? json) => PlainAddress.Find(json?.GetValue<string>() ?? "")
        ?? throw Unreadable($"{json}: {NoAddress}");

    private static NetavarkException Unreadable(string reason, Exception? error = null) => new($"failed to load network create: {reason}", error);

    private static (IPNetwork Base, int Size) PoolOf(JsonNode? json) => json is JsonObject pool
        ? (NetworkOf(Required(pool, "base")), Required(pool, "size").GetValue<int>())
        : throw new JsonException("subnet_pools has a member that is no object");

    private static JsonNode Required(JsonObject json, string name) => json[name] ?? throw new JsonException($"missing field `{name}`");

    private static void Check<T>(JsonObject json, string name)
    {
        if (json[name] is { } value && !(value is JsonValue plain && plain.TryGetValue<T>(out _)))
        {
            string kind = typeof(T) == typeof(string) ? "string" : typeof(T) == typeof(bool) ? "boolean" : "number";
            throw new JsonException($"invalid type: `{name}` is to be a {kind}");
        }
    }

    private static JsonObject? ObjectAt(JsonObject json, string name) =>
        json[name] is not { } value ? null : value as JsonObject ?? throw new JsonException($"invalid type: `{name}` is to be a map");

    private static JsonArray ListAt(JsonObject json, string name) =>
        json[name] is not { } value ? [] : value as JsonArray ?? throw new JsonException($"invalid type: `{name}` is to be a sequence");

    private static IEnumerable<JsonObject> ObjectsAt(JsonObject json, string name) => ListAt(json, name)
        .Select(value => value as JsonObject ?? throw new JsonException($"invalid type: `{name}` is to be a sequence of maps"));

    private static HashSet<string> Texts(JsonNode json) => json.AsArray()
        .Select(text => text?.GetValue<string>() ?? throw new JsonException("null is no name")).ToHashSet(StringComparer.Ordinal);
}
