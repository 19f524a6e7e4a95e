using System.Text.Json;
using System.Text.Json.Serialization;

namespace BridgeNet.Netlink;

/// <summary>Writes pairs to JSON as an object with a property for each, and reads them back; null is an empty list.</summary>
/// <typeparam name="T">The values.</typeparam>
public sealed class KeyedJsonConverter<T> : JsonConverter<ValueList<KeyValuePair<string, T>>>
{
    /// <inheritdoc/>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    /// <exception cref="JsonException">Not an object, or a value is wrong.</exception>
    public override ValueList<KeyValuePair<string, T>> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.Null)
        {
            return [];
        }
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            throw new JsonException($"keys with values are an object in JSON: got {reader.TokenType}");
        }
        List<KeyValuePair<string, T>> pairs = [];
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndObject)
        {
            string key = reader.GetString()!;
            _ = reader.Read();
            pairs.Add(KeyValuePair.Create(key, JsonItem<T>.Read(ref reader, $"{key} has no value", options)));
        }
        return ValueList.From(pairs);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ValueList<KeyValuePair<string, T>> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach ((string key, T item) in value.AsSpan())
        {
            writer.WritePropertyName(key);
            JsonItem<T>.Write(writer, item, options);
        }
        writer.WriteEndObject();
    }
}
