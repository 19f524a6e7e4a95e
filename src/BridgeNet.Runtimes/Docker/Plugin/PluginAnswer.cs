using System.Text.Json;

namespace BridgeNet.Runtimes.Docker.Plugin;

/// <summary>An answer to Docker.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">JSON.</param>
/// <param name="Refusal">Why the request was refused; null if it was not.</param>
internal sealed record PluginAnswer(int Status, byte[] Body, string? Refusal = null)
{
    /// <summary>
    /// Undoes what the request did, for the case that Docker does not hear the answer: it takes what it got no answer to for not done, and never
    /// undoes it. Null if nothing is to be undone.
    /// </summary>
    public Action? Undo { get; init; }

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

    /// <summary>
    /// An error, which Docker shows its user as "remote: REASON". Of an IPAM driver it is called otherwise than of a network driver.
    /// </summary>
    public static PluginAnswer Error(string reason, int status = Ok) => Of(writer =>
    {
        writer.WriteString("Err", reason);
        writer.WriteString("Error", reason);
    }) with
    { Status = status, Refusal = reason };
}
