using System.Text.Json;

namespace BridgeNet.State;

/// <summary>How a value stands in a record's JSON.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <param name="read">Reads a value whose first token the reader stands on; throws a JsonException or FormatException for one that cannot be.</param>
/// <param name="write">Writes a value.</param>
/// <param name="isAbsent">Whether a value is left out of a record; null where only null is.</param>
internal sealed class JsonForm<T>(JsonForm<T>.Reader read, Action<Utf8JsonWriter, T> write, Func<T, bool>? isAbsent = null)
{
    /// <summary>Reads a value whose first token the reader stands on.</summary>
    public delegate T Reader(ref Utf8JsonReader reader);

    /// <summary>Reads a value whose first token the reader stands on.</summary>
    /// <exception cref="JsonException">It is of another type.</exception>
    /// <exception cref="FormatException">It cannot be.</exception>
    public T Read(ref Utf8JsonReader reader) => read(ref reader);

    /// <summary>Writes a value.</summary>
    public void Write(Utf8JsonWriter writer, T value) => write(writer, value);

    /// <summary>Whether an optional member with this value is left out.</summary>
    public bool IsAbsent(T? value) => value is null || (isAbsent is not null && isAbsent(value));
}
