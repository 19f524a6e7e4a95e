using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace BridgeNet.Netlink;

/// <summary>
/// Writes a list to JSON as an array and reads it back; null is an empty list. Addresses and networks are texts. Where code is compiled ahead of
/// time, a generated context needs one for each kind of list: add it to the converters of its options.
/// </summary>
/// <typeparam name="T">What the list holds.</typeparam>
public sealed class ValueListJsonConverter<T> : JsonConverter<ValueList<T>>
{
    private static readonly JsonConverter<T>? s_text = AddressJsonConverters.Find<T>();

    /// <inheritdoc/>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    /// <exception cref="JsonException">Not an array, or an item is wrong.</exception>
    public override ValueList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.Null)
        {
            return [];
        }
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            throw new JsonException($"a list is an array in JSON: got {reader.TokenType}");
        }
        List<T> items = [];
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            items.Add(ReadItem(ref reader, options));
        }
        return ValueList.From(items);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ValueList<T> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (T item in value.AsSpan())
        {
            if (s_text is not null)
            {
                s_text.Write(writer, item, options);
            }
            else
            {
                JsonSerializer.Serialize(writer, item, TypeOf(options));
            }
        }
        writer.WriteEndArray();
    }

    private static T ReadItem(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.Null)
        {
            throw new JsonException("null is no item of a list"); // else it would be the address 0.0.0.0, or the empty name
        }
        return (s_text is not null ? s_text.Read(ref reader, typeof(T), options) : JsonSerializer.Deserialize(ref reader, TypeOf(options)))!;
    }

    private static JsonTypeInfo<T> TypeOf(JsonSerializerOptions options) => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
}
