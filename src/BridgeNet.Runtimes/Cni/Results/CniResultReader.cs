using System.Net;
using System.Text.Json;

namespace BridgeNet.Runtimes.Cni;

/// <summary>Reads a result of any version.</summary>
internal static class CniResultReader
{
    /// <summary>Reads it.</summary>
    /// <param name="json">The object.</param>
    /// <param name="unsaid">The version to assume if the result names none: that of the configuration.</param>
    /// <exception cref="CniException">6: it is no result; 1: its version was never published.</exception>
    public static CniResult Read(JsonElement json, CniVersion unsaid)
    {
        if (json.ValueKind is not JsonValueKind.Object)
        {
            throw new CniException(CniErrorCode.Decoding, "the result of the plugins before is no object");
        }
        try
        {
            string? text = TextOf(json, "cniVersion");
            CniVersion version = unsaid;
            if (text is { Length: > 0 } && !CniVersion.TryParse(text, out version))
            {
                throw new CniException(
                    CniErrorCode.IncompatibleVersion, $"the result of the plugins before is of version {text}, which is not known");
            }
            return version < CniVersion.V0_3_0 ? ReadOld(json) : ReadNew(json);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            throw new CniException(CniErrorCode.Decoding, $"the result of the plugins before cannot be read: {error.Message}", innerException: error);
        }
    }

    /// <summary>One route of a result or of a configuration.</summary>
    /// <exception cref="FormatException">Its destination is no network.</exception>
    public static CniRoute ReadRoute(JsonElement route) => new()
    {
        Destination = NetworkOf(TextOf(route, "dst") ?? throw new FormatException("a route has no dst")),
        Gateway = TextOf(route, "gw") is { Length: > 0 } gateway ? AddressText.ParseAddress(gateway) : null,
        Mtu = NumberOf(route, "mtu") is { } mtu and not 0 ? mtu : null,
        AdvertisedSegment = NumberOf(route, "advmss") is { } segment and not 0 ? segment : null,
        Priority = NumberOf(route, "priority") is { } priority and not 0 ? priority : null,
        Table = NumberOf(route, "table"),
        Scope = NumberOf(route, "scope"),
    };

    private static CniResult ReadNew(JsonElement json) => new()
    {
        Interfaces = [.. ListOf(json, "interfaces").Select(ReadInterface)],
        Addresses = [.. ListOf(json, "ips").Select(ReadAddress)],
        Routes = [.. ListOf(json, "routes").Select(ReadRoute)],
        Dns = ReadDns(json),
    };

    private static CniResult ReadOld(JsonElement json)
    {
        List<CniAddress> addresses = [];
        List<CniRoute> routes = [];
        foreach (string key in (ReadOnlySpan<string>)["ip4", "ip6"])
        {
            if (json.TryFind(key, out JsonElement family) && family.ValueKind is JsonValueKind.Object)
            {
                addresses.Add(new CniAddress
                {
                    Address = AddressText.ParseInterfaceAddress(TextOf(family, "ip") ?? string.Empty),
                    Gateway = TextOf(family, "gateway") is { Length: > 0 } gateway ? AddressText.ParseAddress(gateway) : null,
                });
                routes.AddRange(ListOf(family, "routes").Select(ReadRoute));
            }
        }
        return new CniResult { Addresses = [.. addresses], Routes = [.. routes], Dns = ReadDns(json) };
    }

    private static CniInterface ReadInterface(JsonElement link) => new()
    {
        Name = TextOf(link, "name") ?? string.Empty,
        Mac = NonEmpty(TextOf(link, "mac")),
        Mtu = NumberOf(link, "mtu") is { } mtu and not 0 ? mtu : null,
        Sandbox = NonEmpty(TextOf(link, "sandbox")),
        SocketPath = NonEmpty(TextOf(link, "socketPath")),
        PciId = NonEmpty(TextOf(link, "pciID")),
    };

    private static CniAddress ReadAddress(JsonElement address) => new()
    {
        Address = AddressText.ParseInterfaceAddress(TextOf(address, "address") ?? string.Empty),
        Gateway = TextOf(address, "gateway") is { Length: > 0 } gateway ? AddressText.ParseAddress(gateway) : null,
        Interface = NumberOf(address, "interface"),
    };

    private static CniDns? ReadDns(JsonElement json) =>
        json.TryFind("dns", out JsonElement dns)
            && dns.ValueKind is JsonValueKind.Object
            && PlainJson.Read<CniDns>(dns) is { IsEmpty: false } read ? read : null;

    /// <summary>Clears the host bits of a route's destination, which plugins have always accepted.</summary>
    private static IPNetwork NetworkOf(string text) => AddressText.ParseInterfaceAddress(text).Subnet;

    private static JsonElement.ArrayEnumerator ListOf(JsonElement json, string key) =>
        json.TryFind(key, out JsonElement list) && list.ValueKind is JsonValueKind.Array ? list.EnumerateArray() : default;

    private static string? TextOf(JsonElement json, string key) => ValueOf(json, key, static value => value.GetString());

    private static int? NumberOf(JsonElement json, string key) => ValueOf<int?>(json, key, static value => value.GetInt32());

    /// <exception cref="FormatException">It is of another kind, or no text: half of a surrogate pair, or no UTF-8.</exception>
    private static T? ValueOf<T>(JsonElement json, string key, Func<JsonElement, T?> read)
    {
        try
        {
            return json.TryFind(key, out JsonElement value) && value.ValueKind is not JsonValueKind.Null ? read(value) : default;
        }
        catch (InvalidOperationException error)
        {
            throw new FormatException($"{key}: {error.Message}", error);
        }
    }

    private static string? NonEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
