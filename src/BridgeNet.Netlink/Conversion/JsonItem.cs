using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace BridgeNet.Netlink;

/// <summary>An item of a list in JSON: .NET's own types for addresses by their texts, everything else as the options have it.</summary>
/// <typeparam name="T">What the list holds.</typeparam>
internal static class JsonItem<T>
{
    private static readonly JsonConverter<T>? s_text =
        new IPAddressJsonConverter() as JsonConverter<T> ?? new IPNetworkJsonConverter() as JsonConverter<T>;

    /// <summary>Reads it.</summary>
    /// <param name="reader">Is at the item.</param>
    /// <param name="fault">What is said of null, which for values would be the address 0.0.0.0, or the empty name.</param>
    /// <param name="options">The list's.</param>
    /// <exception cref="JsonException">It is null, or wrong.</exception>
    public static T Read(ref Utf8JsonReader reader, string fault, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.Null ? throw new JsonException(fault)
        : s_text is not null ? s_text.Read(ref reader, typeof(T), options)!
        : JsonSerializer.Deserialize(ref reader, TypeOf(options))!;

    /// <summary>Writes it.</summary>
    public static void Write(Utf8JsonWriter writer, T item, JsonSerializerOptions options)
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

    private static JsonTypeInfo<T> TypeOf(JsonSerializerOptions options) => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
}
