using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BridgeNet.Netlink;

/// <summary>
/// Writes a range of addresses to JSON as its text and reads it back. "10.1.2.3/24", which <see cref="IPNetwork"/> reads as 10.1.2.0/24, is refused:
/// it may be a typing error.
/// </summary>
public sealed class IPNetworkJsonConverter : JsonConverter<IPNetwork>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">Not a text, or no range.</exception>
    public override IPNetwork Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String && reader.GetString() is { } text && TryParse(text, out IPNetwork network)
            ? network
            : throw new JsonException(reader.TokenType is JsonTokenType.String
                ? $"'{reader.GetString()}' is not a range of addresses: write its first address and its prefix, as 172.18.0.0/16 or fd00:1::/64"
                : $"a range of addresses is a text in JSON: got {reader.TokenType}");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IPNetwork value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());

    private static bool TryParse(string text, out IPNetwork network)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        return IPNetwork.TryParse(text, out network)
            && IPAddress.TryParse(text.AsSpan(0, slash), out IPAddress? first)
            && network.BaseAddress.Equals(first);
    }
}
