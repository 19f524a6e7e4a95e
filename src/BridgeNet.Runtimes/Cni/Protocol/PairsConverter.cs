using System.Text.Json;
using System.Text.Json.Serialization;

namespace BridgeNet.Runtimes.Cni;

/// <summary>Pairs of texts, as <see cref="PlainJson.Pairs"/> reads them: the serializer by itself would take the last of two equal names.</summary>
internal sealed class PairsConverter : JsonConverter<IReadOnlyDictionary<string, string>>
{
    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        JsonElement json = JsonElement.ParseValue(ref reader);
        try
        {
            return json.Pairs();
        }
        catch (InvalidOperationException error)
        {
            throw new JsonException(message: null, error); // the serializer says where
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach ((string name, string text) in value)
        {
            writer.WriteString(name, text);
        }
        writer.WriteEndObject();
    }
}
