using System.Text.Json;

namespace BridgeNet.State;

/// <summary>A record's JSON layout: a table with a row for each member, in the order of writing.</summary>
/// <typeparam name="T">The record.</typeparam>
/// <param name="create">Makes an empty record to read members into.</param>
/// <param name="fields">The members, at most 64.</param>
/// <remarks>
/// It uses System.Text.Json's reader and writer. The serializer, even with generated code, first collects metadata of each type, which costs
/// a short-lived process more than the attach itself needs (docs/decisions/0022-records-are-tables-of-fields.md).
/// </remarks>
internal sealed class RecordFields<T>(Func<T> create, RecordField<T>[] fields)
{
    private readonly ulong _required = RequiredOf(fields);

    /// <summary>Writes a record.</summary>
    public void Write(Utf8JsonWriter writer, T record)
    {
        writer.WriteStartObject();
        foreach (RecordField<T> field in fields)
        {
            field.Write(writer, record);
        }
        writer.WriteEndObject();
    }

    /// <summary>Reads a record, beginning before its first token.</summary>
    /// <exception cref="JsonException">A member is missing, unknown or of another type.</exception>
    /// <exception cref="FormatException">A member's value is invalid.</exception>
    public T Read(ref Utf8JsonReader reader)
    {
        _ = RecordJson.Next(ref reader);
        return ReadMembers(ref reader);
    }

    /// <summary>Reads a record, beginning at its first token.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public T ReadMembers(ref Utf8JsonReader reader)
    {
        RecordJson.Expect(ref reader, JsonTokenType.StartObject);
        T record = create();
        ulong seen = 0;
        int next = 0; // members mostly come in the table's order
        while (RecordJson.TryNextMember(ref reader))
        {
            int index = Find(ref reader, next);
            _ = RecordJson.Next(ref reader);
            fields[index].Read(ref reader, ref record);
            seen |= 1UL << index;
            next = index + 1;
        }
        return (_required & ~seen) == 0 ? record : throw new JsonException($"it lacks {fields[FirstOf(_required & ~seen)].Name}");
    }

    private static ulong RequiredOf(RecordField<T>[] fields)
    {
        ulong required = 0;
        for (int i = 0; i < fields.Length; i++)
        {
            required |= fields[i].Presence is FieldPresence.Required ? 1UL << i : 0;
        }
        return required;
    }

    private static int FirstOf(ulong bits) => System.Numerics.BitOperations.TrailingZeroCount(bits);

    private int Find(ref Utf8JsonReader reader, int next)
    {
        for (int i = 0; i < fields.Length; i++)
        {
            int index = (next + i) % fields.Length;
            if (reader.ValueTextEquals(fields[index].Utf8Name))
            {
                return index;
            }
        }
        throw new JsonException($"member {reader.GetString()}");
    }
}
