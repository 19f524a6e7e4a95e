using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

using BridgeNet.Netlink;

namespace BridgeNet;

/// <summary>
/// Writes ports to publish as their text, <c>"8080:80/tcp"</c>, and those that have clients of their own as an object:
/// <c>{"Port":"8080:80/tcp","Sources":["10.0.0.0/8"]}</c>. Reads both.
/// </summary>
public sealed class PortSpecJsonConverter : JsonConverter<PortSpec>
{
    private const string Port = "Port", Sources = nameof(PortSpec.Sources);

    private static readonly TextJsonConverter<PortSpec> s_text = new();
    private static readonly ValueListJsonConverter<IPNetwork> s_sources = new();

    /// <inheritdoc/>
    /// <exception cref="JsonException">Neither; the message says why.</exception>
    public override PortSpec Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            return s_text.Read(ref reader, typeToConvert, options);
        }
        PortSpec? spec = null;
        ValueList<IPNetwork> sources = [];
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndObject)
        {
            string name = reader.GetString()!;
            _ = reader.Read();
            if (name.Equals(Port, StringComparison.OrdinalIgnoreCase))
            {
                spec = s_text.Read(ref reader, typeToConvert, options);
            }
            else if (name.Equals(Sources, StringComparison.OrdinalIgnoreCase))
            {
                sources = s_sources.Read(ref reader, sources.GetType(), options);
            }
            else
            {
                throw new JsonException($"ports to publish have {Port} and {Sources}: got {name}");
            }
        }
        return spec is null ? throw new JsonException($"ports to publish need {Port}") : spec with { Sources = sources };
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, PortSpec value, JsonSerializerOptions options)
    {
        if (value.Sources.Count == 0)
        {
            s_text.Write(writer, value, options);
            return;
        }
        writer.WriteStartObject();
        writer.WriteString(Port, value.ToString());
        writer.WritePropertyName(Sources);
        s_sources.Write(writer, value.Sources, options);
        writer.WriteEndObject();
    }
}
