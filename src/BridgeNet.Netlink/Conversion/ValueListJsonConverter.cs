using System.Text.Json;
using System.Text.Json.Serialization;

namespace BridgeNet.Netlink;

/// <summary>
/// Writes a list to JSON as an array and reads it back; null is an empty list. Addresses and networks are texts. Where code is compiled ahead of
/// time, a generated context needs one for each kind of list: add it to the converters of its options.
/// </summary>
/// <typeparam name="T">What the list holds.</typeparam>
public sealed class ValueListJsonConverter<T> : JsonConverter<ValueList<T>>
{
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
            items.Add(JsonItem<T>.Read(ref reader, "null is no item of a list", options));
        }
        return ValueList.From(items);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ValueList<T> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (T item in value.AsSpan())
        {
            JsonItem<T>.Write(writer, item, options);
        }
        writer.WriteEndArray();
    }
}
