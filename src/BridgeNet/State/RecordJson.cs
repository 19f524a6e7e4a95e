using System.Text.Json;

namespace BridgeNet.State;

/// <summary>The values that records consist of, read strictly: what is of another type is refused, and null where it is not allowed.</summary>
internal static class RecordJson
{
    /// <summary>Reads something that begins with the token that is read.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    public delegate T ItemReader<out T>(ref Utf8JsonReader reader);

    /// <summary>Goes on to the next token.</summary>
    public static JsonTokenType Next(ref Utf8JsonReader reader) => reader.Read() ? reader.TokenType : throw new JsonException("it ends too early");

    /// <summary>Reads the beginning of an object.</summary>
    public static void BeginObject(ref Utf8JsonReader reader)
    {
        _ = Next(ref reader);
        Expect(ref reader, JsonTokenType.StartObject);
    }

    /// <summary>Refuses a token that was read if it is another.</summary>
    public static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (reader.TokenType != type)
        {
            throw Unexpected(ref reader);
        }
    }

    /// <summary>Goes on to the next member's name; false at the object's end.</summary>
    public static bool TryNextMember(ref Utf8JsonReader reader) => Next(ref reader) is JsonTokenType.PropertyName;

    /// <summary>The error for a member that is not known.</summary>
    public static JsonException Unknown(ref Utf8JsonReader reader) => new($"member {reader.GetString()}");

    /// <summary>A member that must be there.</summary>
    public static T Required<T>(T? value, string name)
        where T : class => value ?? throw new JsonException($"it lacks {name}");

    /// <summary>A text.</summary>
    public static string Text(ref Utf8JsonReader reader) =>
        Next(ref reader) is JsonTokenType.String ? reader.GetString()! : throw Unexpected(ref reader);

    /// <summary>A text or null.</summary>
    public static string? OptionalText(ref Utf8JsonReader reader) => Next(ref reader) switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Null => null,
        _ => throw Unexpected(ref reader),
    };

    /// <summary>Yes or no.</summary>
    public static bool Boolean(ref Utf8JsonReader reader) => Next(ref reader) switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw Unexpected(ref reader),
    };

    /// <summary>A number of 32 bits.</summary>
    public static int Int32(ref Utf8JsonReader reader) => OptionalInt32(ref reader) ?? throw Unexpected(ref reader);

    /// <summary>A number of 32 bits, or null.</summary>
    public static int? OptionalInt32(ref Utf8JsonReader reader) =>
        OptionalInt64(ref reader) is not { } number ? null : number is >= int.MinValue and <= int.MaxValue ? (int)number : throw new JsonException($"{number} is too large");

    /// <summary>A number of 64 bits, or null.</summary>
    public static long? OptionalInt64(ref Utf8JsonReader reader) => Next(ref reader) switch
    {
        JsonTokenType.Number when reader.TryGetInt64(out long number) => number,
        JsonTokenType.Null => null,
        _ => throw Unexpected(ref reader),
    };

    /// <summary>Several things, or null.</summary>
    public static List<T>? OptionalList<T>(ref Utf8JsonReader reader, ItemReader<T> read)
    {
        if (Next(ref reader) is JsonTokenType.Null)
        {
            return null;
        }
        Expect(ref reader, JsonTokenType.StartArray);
        List<T> list = [];
        while (Next(ref reader) is not JsonTokenType.EndArray)
        {
            list.Add(read(ref reader));
        }
        return list;
    }

    /// <summary>Several texts, or null.</summary>
    public static List<string>? OptionalTexts(ref Utf8JsonReader reader) =>
        OptionalList(ref reader, static (ref Utf8JsonReader item) => item.TokenType is JsonTokenType.String ? item.GetString()! : throw Unexpected(ref item));

    /// <summary>Texts by their names, or null.</summary>
    public static Dictionary<string, string>? OptionalPairs(ref Utf8JsonReader reader)
    {
        if (Next(ref reader) is JsonTokenType.Null)
        {
            return null;
        }
        Expect(ref reader, JsonTokenType.StartObject);
        Dictionary<string, string> pairs = new(StringComparer.Ordinal);
        while (TryNextMember(ref reader))
        {
            string name = reader.GetString()!;
            pairs[name] = Text(ref reader);
        }
        return pairs;
    }

    /// <summary>Writes a text unless it is null.</summary>
    public static void WriteOptional(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    /// <summary>Writes a number unless it is null.</summary>
    public static void WriteOptional(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }

    /// <summary>Writes several texts unless they are null.</summary>
    public static void WriteOptional(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<string>? values)
    {
        if (values is not null)
        {
            writer.WriteStartArray(name);
            foreach (string value in values)
            {
                writer.WriteStringValue(value);
            }
            writer.WriteEndArray();
        }
    }

    /// <summary>Writes texts by their names unless they are null.</summary>
    public static void WriteOptional(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyDictionary<string, string>? pairs)
    {
        if (pairs is not null)
        {
            writer.WriteStartObject(name);
            foreach ((string key, string value) in pairs)
            {
                writer.WriteString(key, value);
            }
            writer.WriteEndObject();
        }
    }

    private static JsonException Unexpected(ref Utf8JsonReader reader) => new($"a value of another type ({reader.TokenType}) at byte {reader.TokenStartIndex}");
}
