using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BridgeNet.Netlink;

/// <summary>
/// Writes an address to JSON as its text and reads it back; System.Text.Json takes it for an object that it cannot write. "10.1", which
/// <see cref="IPAddress"/> reads as 10.0.0.1, is refused: other programs read it differently.
/// </summary>
public sealed class IPAddressJsonConverter : JsonConverter<IPAddress>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">Not a text, or no address.</exception>
    public override IPAddress Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String && reader.GetString() is { } text && TryParse(text, out IPAddress? address)
            ? address!
            : throw new JsonException(reader.TokenType is JsonTokenType.String
                ? $"'{reader.GetString()}' is not an address: write 172.17.0.1 or fd00::1"
                : $"an address is a text in JSON: got {reader.TokenType}");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IPAddress value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());

    private static bool TryParse(string text, out IPAddress? address) =>
        IPAddress.TryParse(text, out address)
        && (address.AddressFamily is AddressFamily.InterNetworkV6 || string.Equals(text, address.ToString(), StringComparison.Ordinal));
}
