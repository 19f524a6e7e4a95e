using System.Text.Json;
using System.Text.Json.Serialization;

using BridgeNet.Definitions;

namespace BridgeNet;

/// <summary>Writes a mode to JSON by Docker's name for it, such as nat-unprotected, and reads that back.</summary>
public sealed class GatewayModeJsonConverter : JsonConverter<GatewayMode>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">There is no mode of that name.</exception>
    public override GatewayMode Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.String)
        {
            throw new JsonException($"a gateway mode is a text in JSON: got {reader.TokenType}");
        }
        try
        {
            return GatewayModes.Parse(reader.GetString()!);
        }
        catch (FormatException error)
        {
            throw new JsonException(error.Message, error);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, GatewayMode value, JsonSerializerOptions options) =>
        writer.WriteStringValue(GatewayModes.NameOf(value));
}
