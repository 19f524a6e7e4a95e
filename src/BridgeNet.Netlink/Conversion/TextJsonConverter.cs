using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BridgeNet.Netlink;

/// <summary>
/// Writes a value to JSON as its text, and reads that by the value's Parse method; as a name of a property, too. <see cref="InterfaceName"/>,
/// <see cref="MacAddress"/> and <see cref="InterfaceAddress"/> have it by themselves.
/// </summary>
/// <typeparam name="T">A type whose ToString writes what its Parse reads.</typeparam>
public sealed class TextJsonConverter<T> : JsonConverter<T>
    where T : IParsable<T>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">Not a text, or none that Parse reads; the message says why.</exception>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String
            ? Parse(reader.GetString()!)
            : throw new JsonException($"{typeof(T).Name} is a text in JSON: got {reader.TokenType}");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(TextOf(value));

    /// <inheritdoc/>
    /// <exception cref="JsonException">Not a text that Parse reads; the message says why.</exception>
    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Parse(reader.GetString()!);

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(TextOf(value));

    private static T Parse(string text)
    {
        try
        {
            return T.Parse(text, CultureInfo.InvariantCulture);
        }
        catch (FormatException error)
        {
            throw new JsonException(error.Message, error);
        }
    }

    private static string TextOf(T value) =>
        value is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : value.ToString() ?? "";
}
