using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace BridgeNet.Netlink;

/// <summary>Writes pairs to JSON as an object with a property for each, and reads them back; null is an empty list.</summary>
/// <typeparam name="T">The values.</typeparam>
public sealed class KeyedJsonConverter<T> : JsonConverter<ValueList<KeyValuePair<string, T>>>
{
    private static readonly JsonConverter<T>? s_text = AddressJsonConverters.Find<T>();

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
            if (reader.TokenType is JsonTokenType.Null)
            {
                throw new JsonException($"{key} has no value");
            }
            T? value = s_text is not null ? s_text.Read(ref reader, typeof(T), options) : JsonSerializer.Deserialize(ref reader, TypeOf(options));
            pairs.Add(KeyValuePair.Create(key, value!));
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
            if (s_text is not null)
            {
                s_text.Write(writer, item, options);
            }
            else
            {
                JsonSerializer.Serialize(writer, item, TypeOf(options));
            }
        }
        writer.WriteEndObject();
    }

    private static JsonTypeInfo<T> TypeOf(JsonSerializerOptions options) => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
}
