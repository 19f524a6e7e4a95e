using System.Text.Json;

namespace BridgeNet.State;

/// <summary>Steps through a record's tokens and refuses unexpected ones.</summary>
internal static class RecordJson
{
    /// <summary>Goes on to the next token.</summary>
    /// <exception cref="JsonException">There is no further token.</exception>
    public static JsonTokenType Next(ref Utf8JsonReader reader) => reader.Read() ? reader.TokenType : throw new JsonException("it ends too early");

    /// <summary>Goes on to the next member's name; false at the object's end.</summary>
    public static bool TryNextMember(ref Utf8JsonReader reader) => Next(ref reader) is JsonTokenType.PropertyName;

    /// <summary>Refuses a token of another type.</summary>
    /// <exception cref="JsonException">It is of another type.</exception>
    public static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (reader.TokenType != type)
        {
            throw Unexpected(ref reader);
        }
    }

    /// <summary>The error for a token of another type.</summary>
    public static JsonException Unexpected(ref Utf8JsonReader reader) =>
        new($"a value of another type ({reader.TokenType}) at byte {reader.TokenStartIndex}");
}
