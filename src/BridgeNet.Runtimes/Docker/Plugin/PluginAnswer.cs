using System.Text.Json;

namespace BridgeNet.Runtimes.Docker.Plugin;

/// <summary>An answer to Docker.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">JSON.</param>
/// <param name="Refusal">Why the request was refused; null if it was not.</param>
internal sealed record PluginAnswer(int Status, byte[] Body, string? Refusal = null)
{
    public const int Ok = 200, BadRequest = 400, NotFound = 404;

    /// <summary>What Docker asks for.</summary>
    public const string ContentType = "application/vnd.docker.plugins.v1.2+json";

    /// <summary>All is well, and there is nothing to say.</summary>
    public static PluginAnswer Done { get; } = Of(static _ => { });

    /// <summary>An object.</summary>
    public static PluginAnswer Of(Action<Utf8JsonWriter> members)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter writer = new(text))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }
        return new PluginAnswer(Ok, text.ToArray());
    }

    /// <summary>An error, which Docker shows its user as "remote: REASON".</summary>
    public static PluginAnswer Error(string reason, int status = Ok) =>
        Of(writer => writer.WriteString("Err", reason)) with { Status = status, Refusal = reason };
}
