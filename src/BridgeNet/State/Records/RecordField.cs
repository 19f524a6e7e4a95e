using System.Text;
using System.Text.Json;

namespace BridgeNet.State;

/// <summary>A member of a record: its name in JSON, and how it is read and written.</summary>
/// <typeparam name="TRecord">The record.</typeparam>
internal abstract class RecordField<TRecord>(string name, FieldPresence presence)
{
    /// <summary>Its name, as JSON has it.</summary>
    public string Name => name;

    /// <summary>Its name in UTF-8.</summary>
    public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(name);

    /// <summary>When it is written, and whether it must be there.</summary>
    public FieldPresence Presence => presence;

    /// <summary>Reads it into a record; the reader stands on the value's first token.</summary>
    public abstract void Read(ref Utf8JsonReader reader, ref TRecord record);

    /// <summary>Writes name and value.</summary>
    public abstract void Write(Utf8JsonWriter writer, TRecord record);
}

/// <summary>A member of a record.</summary>
/// <typeparam name="TRecord">The record.</typeparam>
/// <typeparam name="TValue">The member's type.</typeparam>
/// <param name="name">Its name, as JSON has it.</param>
/// <param name="presence">When it is written, and whether it must be there.</param>
/// <param name="form">How its value stands in JSON.</param>
/// <param name="get">Takes it from a record.</param>
/// <param name="set">Puts it into a record.</param>
internal sealed class RecordField<TRecord, TValue>(
    string name, FieldPresence presence, JsonForm<TValue> form, Func<TRecord, TValue?> get, RecordField<TRecord, TValue>.Setter set)
    : RecordField<TRecord>(name, presence)
{
    /// <summary>Puts a value into a record, or makes of a record another one.</summary>
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
