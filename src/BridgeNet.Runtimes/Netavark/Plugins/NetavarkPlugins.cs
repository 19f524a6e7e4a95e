using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>
/// Network drivers of other people: programs in the directories that Podman names. Each is called with a verb and the path of the namespace, gets the
/// container and its network as JSON on stdin, and prints what setup is to answer, or an error.
/// </summary>
/// <param name="directories">Where they are; the first one that has a program wins.</param>
/// <param name="runner">Starts them.</param>
internal sealed class NetavarkPlugins(IReadOnlyList<string> directories, IPluginRunner runner)
{
    private const int FirstSignal = 128, LastSignal = 64;

    private static readonly Dictionary<string, string> s_nothing = [];

    /// <summary>Whether there is a program for a driver.</summary>
    public bool Has(string driver) => Find(driver) is not null;

    /// <summary>Has a container connected.</summary>
    /// <returns>The plugin's answer.</returns>
    /// <exception cref="NetavarkException">The plugin failed; the message has its error.</exception>
    public JsonElement SetUp(NetavarkRequest request, NetavarkAttachment attachment, string sandbox)
    {
        string driver = attachment.Network.Driver;
        byte[] output = Run(driver, ["setup", sandbox], Input(request, attachment));
        try
        {
            return ObjectIn(driver, output);
        }
        catch (NetavarkException)
        {
            TryTearDown(request, attachment, sandbox); // it has connected the container, and says so in no way that anybody understands
            throw;
        }
    }

    /// <summary>Has a container disconnected.</summary>
    /// <exception cref="NetavarkException">The plugin failed; the message has its error.</exception>
    public void TearDown(NetavarkRequest request, NetavarkAttachment attachment, string sandbox) =>
        Run(attachment.Network.Driver, ["teardown", sandbox], Input(request, attachment));

    /// <summary>Has a network checked and completed.</summary>
    /// <returns>The network as the plugin wants it.</returns>
    /// <exception cref="NetavarkException">There is no such plugin, it failed, or it changed what is not its own.</exception>
    public JsonObject Create(JsonObject network)
    {
        string driver = network["driver"]!.GetValue<string>();
        byte[] output = Run(driver, ["create"], Encoding.UTF8.GetBytes(network.ToJsonString()));
        JsonObject created = JsonObject.Create(ObjectIn(driver, output))!;
        try
        {
            NetavarkCreateRequest.CheckForm(created);
        }
        catch (JsonException error)
        {
            throw Failure(driver, error.Message, error);
        }
        foreach ((string member, string word) in ((string, string)[])[("name", "name"), ("id", "ID"), ("driver", "driver")])
        {
            if (!JsonNode.DeepEquals(created[member], network[member]))
            {
                throw new NetavarkException($"{driver} plugin invalid result: changed network {word}");
            }
        }
        return created;
    }

    private static byte[] Input(NetavarkRequest request, NetavarkAttachment attachment)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter writer = new(text))
        {
            writer.WriteStartObject();
            writer.WriteString("container_id", request.ContainerId);
            writer.WriteString("container_name", request.ContainerName);
            writer.WritePropertyName("port_mappings");
            if (request.PortsAsGiven is { } ports)
            {
                ports.WriteTo(writer);
            }
            else
            {
                writer.WriteNullValue();
            }
            writer.WritePropertyName("network");
            attachment.NetworkAsGiven.WriteTo(writer);
            writer.WritePropertyName("network_options");
            attachment.AsGiven.WriteTo(writer);
            writer.WriteEndObject();
        }
        return text.ToArray();
    }

    private static JsonElement ObjectIn(string driver, ReadOnlySpan<byte> output) =>
        Parse(driver, output) is { ValueKind: JsonValueKind.Object } answer ? answer : throw Failure(driver, "its answer is no JSON object");

    private static JsonElement Parse(string driver, ReadOnlySpan<byte> output)
    {
        try
        {
            return JsonElement.Parse(output);
        }
        catch (JsonException error)
        {
            throw Failure(driver, error.Message, error);
        }
    }

    private static NetavarkException Failure(string driver, string reason, Exception? error = null) =>
        new($"plugin \"{driver}\" failed: {reason}", error);

    private string? Find(string driver) => NetavarkChecks.IsFileName(driver)
        ? directories.Select(directory => Path.Combine(directory, driver)).FirstOrDefault(File.Exists)
        : null;

    private void TryTearDown(NetavarkRequest request, NetavarkAttachment attachment, string sandbox)
    {
        try
        {
            TearDown(request, attachment, sandbox);
        }
        catch (NetavarkException)
        {
            // the answer that began this is the one to tell
        }
    }

    private byte[] Run(string driver, string[] arguments, ReadOnlyMemory<byte> input)
    {
        string path = Find(driver) ?? throw new NetavarkException(
            $"unknown network driver \"{driver}\": no plugin directory has a program of that name");
        int status;
        byte[] output;
        try
        {
            status = runner.Run(path, arguments, s_nothing, input, out output);
        }
        catch (IOException error)
        {
            throw Failure(driver, error.Message, error);
        }
        if (status == 0)
        {
            return output;
        }
        if (status is > FirstSignal and <= FirstSignal + LastSignal)
        {
            throw Failure(driver, "plugin killed by signal");
        }
        string message = Parse(driver, output) is { ValueKind: JsonValueKind.Object } answer
            && answer.TryGetProperty("error", out JsonElement text) && text.ValueKind is JsonValueKind.String
                ? text.GetString()!
                : "it printed no error";
        throw Failure(driver, string.Create(CultureInfo.InvariantCulture, $"exit code {status}, message: {message}"));
    }
}
