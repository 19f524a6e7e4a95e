using System.Text.Json;

namespace BridgeNet.State;

/// <summary>How a record's JSON shows a value.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <param name="read">Reads a value, beginning at its first token; throws a JsonException or FormatException if it is invalid.</param>
/// <param name="write">Writes a value.</param>
/// <param name="isAbsent">Whether a record leaves the value out; null if only for null.</param>
internal sealed class JsonForm<T>(JsonForm<T>.Reader read, Action<Utf8JsonWriter, T> write, Func<T, bool>? isAbsent = null)
{
    /// <summary>Reads a value, beginning at its first token.</summary>
    public delegate T Reader(ref Utf8JsonReader reader);

    /// <summary>Reads a value, beginning at its first token.</summary>
    /// <exception cref="JsonException">It is of another type.</exception>
    /// <exception cref="FormatException">It is invalid.</exception>
    public T Read(ref Utf8JsonReader reader) => read(ref reader);

    /// <summary>Writes a value.</summary>
    public void Write(Utf8JsonWriter writer, T value) => write(writer, value);

    /// <summary>Whether a record leaves out an optional member with this value.</summary>
    public bool IsAbsent(T? value) => value is null || (isAbsent is not null && isAbsent(value));
}
