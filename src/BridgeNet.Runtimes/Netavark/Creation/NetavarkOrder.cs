using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

using BridgeNet.Netlink;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>What Podman 6 asks of <c>create</c>: a network with what its user said, and what is taken.</summary>
internal sealed record NetavarkOrder
{
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

    /// <summary>Reads an order.</summary>
    /// <exception cref="NetavarkException">It cannot be read; the message says where.</exception>
    public static NetavarkOrder Read(ReadOnlySpan<byte> json)
    {
        try
        {
            JsonObject order = JsonNode.Parse(json)?.AsObject() ?? throw new JsonException("invalid type: null, expected an object");
            JsonObject network = Required(order, "network").AsObject(), used = Required(order, "used").AsObject();
            JsonObject options = Required(order, "options").AsObject();
            foreach (string name in (string[])["name", "id", "driver"])
            {
                _ = Required(network, name).GetValue<string>();
            }
            foreach (string name in (string[])["dns_enabled", "internal", "ipv6_enabled"])
            {
                _ = Required(network, name).GetValue<bool>();
            }
            foreach (JsonNode? server in network["network_dns_servers"]?.AsArray() ?? [])
            {
                _ = AddressOf(server);
            }
            return new NetavarkOrder
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
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            throw new NetavarkException($"failed to load network create: {error.Message}", error);
        }
    }

    /// <summary>A subnet or destination, host bits cleared.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static IPNetwork NetworkOf(JsonNode? json) => PlaceOf(json).Subnet;

    /// <summary>A subnet or destination as it stands, with its host bits.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static InterfaceAddress PlaceOf(JsonNode? json) => InterfaceAddress.TryParse(json?.GetValue<string>(), null, out InterfaceAddress? place)
        ? place
        : throw new FormatException($"{json}: invalid IP address syntax");

    /// <summary>An address.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static IPAddress AddressOf(JsonNode? json) => PlainAddress.Find(json?.GetValue<string>() ?? "")
        ?? throw new FormatException($"{json}: invalid IP address syntax");

    private static (IPNetwork Base, int Size) PoolOf(JsonNode? pool) =>
        (NetworkOf(Required(pool!.AsObject(), "base")), Required(pool.AsObject(), "size").GetValue<int>());

    private static JsonNode Required(JsonObject json, string name) => json[name] ?? throw new JsonException($"missing field `{name}`");

    private static HashSet<string> Texts(JsonNode json) => json.AsArray().Select(text => text!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
}
