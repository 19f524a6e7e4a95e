using System.Text;
using System.Text.Json;

namespace BridgeNet.State;

/// <summary>A member of a record: its name in JSON, and how it is read and written.</summary>
/// <typeparam name="TRecord">The record.</typeparam>
internal abstract class RecordField<TRecord>(string name, FieldPresence presence)
{
    /// <summary>Its name in JSON.</summary>
    public string Name => name;

    /// <summary>Its name in UTF-8.</summary>
    public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(name);

    /// <summary>When it is written, and whether it is required.</summary>
    public FieldPresence Presence => presence;

    /// <summary>Reads it into a record, beginning at the value's first token.</summary>
    public abstract void Read(ref Utf8JsonReader reader, ref TRecord record);

    /// <summary>Writes name and value.</summary>
    public abstract void Write(Utf8JsonWriter writer, TRecord record);
}

/// <summary>A member of a record.</summary>
/// <typeparam name="TRecord">The record.</typeparam>
/// <typeparam name="TValue">The member's type.</typeparam>
/// <param name="name">Its name in JSON.</param>
/// <param name="presence">When it is written, and whether it is required.</param>
/// <param name="form">How JSON shows its value.</param>
/// <param name="get">Gets it from a record.</param>
/// <param name="set">Sets it in a record.</param>
internal sealed class RecordField<TRecord, TValue>(
    string name, FieldPresence presence, JsonForm<TValue> form, Func<TRecord, TValue?> get, RecordField<TRecord, TValue>.Setter set)
    : RecordField<TRecord>(name, presence)
{
    /// <summary>Sets the member of a record, or replaces the record by a changed copy.</summary>
    public delegate void Setter(ref TRecord record, TValue value);

    /// <inheritdoc/>
    public override void Read(ref Utf8JsonReader reader, ref TRecord record)
    {
        if (reader.TokenType is not JsonTokenType.Null || Presence is not FieldPresence.Optional)
        {
            set(ref record, form.Read(ref reader));
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TRecord record)
    {
        TValue? value = get(record);
        if (Presence is not FieldPresence.Optional || !form.IsAbsent(value))
        {
            writer.WritePropertyName(Utf8Name);
            form.Write(writer, value!);
        }
    }
}
