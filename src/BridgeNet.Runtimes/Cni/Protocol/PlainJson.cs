using System.Text;
using System.Text.Json;

namespace BridgeNet.Runtimes.Cni;

/// <summary>
/// Reads well-formed configurations without the serializer, whose initialization takes a fifth of a call. Everything else is left to the serializer,
/// so that errors have its wording.
/// </summary>
internal static class PlainJson
{
    private const int ShortBytes = 1024;

    /// <summary>Reads a whole text.</summary>
    /// <returns>Null if the text is null.</returns>
    /// <exception cref="JsonException">It is not of the shape.</exception>
    public static T? Read<T>(ReadOnlySpan<byte> json)
        where T : class, IJsonShape<T>
    {
        try
        {
            return T.Read(Parse(json));
        }
        catch (Exception error) when (IsOdd(error))
        {
            return JsonSerializer.Deserialize(json, T.Serialized);
        }
    }

    /// <summary>Reads a part of a text.</summary>
    /// <returns>Null if the part is null.</returns>
    /// <exception cref="JsonException">It is not of the shape.</exception>
    public static T? Read<T>(JsonElement json)
        where T : class, IJsonShape<T>
    {
        try
        {
            return T.Read(json);
        }
        catch (Exception error) when (IsOdd(error))
        {
            return json.Deserialize(T.Serialized);
        }
    }

    /// <summary>Folds over an object's members; of members with the same name the last one counts.</summary>
    /// <param name="json">The object.</param>
    /// <param name="start">What it is without members.</param>
    /// <param name="step">Adds a member; the name is in lower case, because letter case does not count.</param>
    /// <exception cref="InvalidOperationException">It is no object.</exception>
    /// <exception cref="FormatException">A name has letters outside ASCII, whose case only the serializer knows.</exception>
    public static T Fold<T>(this JsonElement json, T start, Func<T, string, JsonElement, T> step)
        where T : class
    {
        foreach (JsonProperty member in json.EnumerateObject())
        {
            string name = member.Name;
            start = step(start, Ascii.IsValid(name) ? name.ToLowerInvariant() : throw new FormatException(name), member.Value);
        }
        return start;
    }

    /// <summary>Finds an object's member. The letter case of its name does not count; of several members the last one counts.</summary>
    /// <param name="json">The object.</param>
    /// <param name="key">The name.</param>
    /// <param name="value">The value; undefined if there is none.</param>
    /// <exception cref="InvalidOperationException">It is no object, or a name in it is no text.</exception>
    public static bool TryFind(this JsonElement json, string key, out JsonElement value)
    {
        value = default;
        foreach (JsonProperty member in json.EnumerateObject())
        {
            if (string.Equals(member.Name, key, StringComparison.OrdinalIgnoreCase))
            {
                value = member.Value;
            }
        }
        return value.ValueKind is not JsonValueKind.Undefined;
    }

    /// <summary>A value that may be null.</summary>
    public static JsonElement? Optional(this JsonElement json) => json.ValueKind is JsonValueKind.Null ? null : json;

    /// <summary>An object that may be null.</summary>
    public static T? Optional<T>(this JsonElement json, Func<JsonElement, T> read)
        where T : class => json.ValueKind is JsonValueKind.Null ? null : read(json);

    /// <summary>A list that may be null, of what may not.</summary>
    public static IReadOnlyList<T>? List<T>(this JsonElement json, Func<JsonElement, T> read)
    {
        if (json.ValueKind is JsonValueKind.Null)
        {
            return null;
        }
        List<T> list = [];
        foreach (JsonElement value in json.EnumerateArray())
        {
            list.Add(value.ValueKind is JsonValueKind.Null ? throw new InvalidOperationException() : read(value));
        }
        return list;
    }

    /// <summary>A list of texts that may be null.</summary>
    public static IReadOnlyList<string>? Texts(this JsonElement json) => json.List(Text);

    /// <summary>Pairs of texts that may be null; the letter case of their names counts.</summary>
    /// <exception cref="JsonException">A name is given twice: the reader of the text meant one of them, and nobody knows which.</exception>
    public static IReadOnlyDictionary<string, string>? Pairs(this JsonElement json)
    {
        if (json.ValueKind is JsonValueKind.Null)
        {
            return null;
        }
        Dictionary<string, string> pairs = [];
        foreach (JsonProperty member in json.EnumerateObject())
        {
            if (!pairs.TryAdd(member.Name, Text(member.Value)))
            {
                throw new JsonException($"{member.Name} is given twice");
            }
        }
        return pairs;
    }

    /// <summary>A boolean that may be null.</summary>
    public static bool? Flag(this JsonElement json) => json.ValueKind is JsonValueKind.Null ? null : json.GetBoolean();

    /// <summary>A number that may be null.</summary>
    public static int? Number(this JsonElement json) => json.ValueKind is JsonValueKind.Null ? null : json.GetInt32();

    /// <summary>A large number that may be null.</summary>
    public static ulong? LargeNumber(this JsonElement json) => json.ValueKind is JsonValueKind.Null ? null : json.GetUInt64();

    /// <summary>
    /// Pads a short text with spaces. For up to 500 bytes the parser borrows two buffers of one size, and when the second is returned the runtime's
    /// pool counts the processors, which takes longer than parsing.
    /// </summary>
    private static JsonElement Parse(ReadOnlySpan<byte> json)
    {
        if (json.Length >= ShortBytes)
        {
            return JsonElement.Parse(json);
        }
        Span<byte> longer = stackalloc byte[ShortBytes];
        longer.Fill((byte)' ');
        json.CopyTo(longer);
        return JsonElement.Parse(longer);
    }

    private static string Text(JsonElement json) => json.GetString() ?? throw new InvalidOperationException();

    private static bool IsOdd(Exception error) => error is JsonException or InvalidOperationException or FormatException;
}
