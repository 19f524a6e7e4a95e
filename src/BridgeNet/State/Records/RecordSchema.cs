using System.Text.Json;

namespace BridgeNet.State;

/// <summary>The versions of the records' layout.</summary>
internal static class RecordSchema
{
    /// <summary>The version that this build reads and writes.</summary>
    public const int Current = 1;

    /// <summary>Why a file cannot be read as a record.</summary>
    public static StateException Explain(string path, ReadOnlySpan<byte> content, Exception? error)
    {
        int? schema = SchemaOf(content);
        return schema switch
        {
            null => new StateException(
                path,
                "it is not a record: it was cut off or overwritten: "
                + "BridgeDriver.Rebuild makes it anew from the kernel, BridgeDriver.CollectGarbage ends what is left of it",
                error)
            { IsDamaged = true },
            Current => new StateException(
                path,
                $"it is a record with something in it that this version does not know ({error?.Message}): use the version that wrote it",
                error),
            > Current => new StateException(
                path, $"a newer BridgeNet wrote it (schema {schema}; this one knows {Current}): use that one; it is left as it is", error),
            _ => new StateException(
                path,
                $"an older BridgeNet wrote it (schema {schema}; this one knows {Current}): use that one to take it down; it is left as it is",
                error),
        };
    }

    /// <summary>The schema number in a JSON object; null if it has none, is no JSON object, or has something behind it.</summary>
    private static int? SchemaOf(ReadOnlySpan<byte> content)
    {
        try
        {
            Utf8JsonReader reader = new(content);
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
            {
                return null;
            }
            return !reader.Read() // it throws if what follows is not even JSON
                && document.RootElement.TryGetProperty("schema", out JsonElement schema)
                && schema.ValueKind is JsonValueKind.Number
                && schema.TryGetInt32(out int number)
                ? number
                : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException) // half of a surrogate pair in a name
        {
            return null;
        }
    }
}
